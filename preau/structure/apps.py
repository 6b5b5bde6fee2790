from django.db.models.signals import post_delete, post_save

from preau.kit.apps import SchoolAppConfig


class StructureConfig(SchoolAppConfig):
    name = "preau.structure"
    label = "structure"

    def ready(self) -> None:
        super().ready()
        from preau.kit.memory import forget_what_changed

        from .asker import let_persons_ask

        let_persons_ask()
        for model in ("School", "SchoolYear", "ReportPeriod", "CalendarEvent"):
            for signal in (post_save, post_delete):
                signal.connect(forget_what_changed, sender=self.get_model(model))

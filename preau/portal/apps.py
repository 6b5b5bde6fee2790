from django.apps import apps
from django.db.models.signals import post_delete, post_save

from preau.kit.apps import SchoolAppConfig


class PortalConfig(SchoolAppConfig):
    name = "preau.portal"
    label = "portal"

    def ready(self) -> None:
        super().ready()
        from preau.kit.memory import forget_what_changed
        from preau.kit.modules import closed_modules_come_from

        from .queries.stages import closed_modules

        closed_modules_come_from(closed_modules)
        structure = apps.get_app_config("structure")
        ties = [structure.get_model(name) for name in ("Tutorship", "TeachingAssignment", "Enrolment")]
        for model in (self.get_model("RollOut"), *ties):
            for signal in (post_save, post_delete):
                signal.connect(forget_what_changed, sender=model)

from django.db.models.signals import post_delete, post_save

from preau.kit.apps import SchoolAppConfig
from preau.kit.memory import forget_what_changed

REMEMBERED = ("CompetenceRule", "CompetenceThreshold")


class GradebookConfig(SchoolAppConfig):
    name = "preau.gradebook"
    label = "gradebook"

    def ready(self) -> None:
        super().ready()
        for remembered in REMEMBERED:
            for changed in (post_save, post_delete):
                changed.connect(forget_what_changed, sender=self.get_model(remembered))

from typing import Any

from django.db.models.signals import post_delete, post_migrate, post_save

from preau.kit.apps import SchoolAppConfig
from preau.kit.memory import forget_what_changed

REMEMBERED = ("Scheme", "CategoryWeight", "Token", "TokenRule", "Scale", "Level")


class GradingConfig(SchoolAppConfig):
    name = "preau.grading"
    label = "grading"

    def ready(self) -> None:
        super().ready()
        post_migrate.connect(_begin_with_something, sender=self)
        for remembered in REMEMBERED:
            for changed in (post_save, post_delete):
                changed.connect(forget_what_changed, sender=self.get_model(remembered))


def _begin_with_something(**_details: Any) -> None:
    """Give a new school the categories, tokens, scales and scheme it starts with."""
    from .actions import adopt_defaults

    adopt_defaults()

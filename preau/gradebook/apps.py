from typing import Any

from django.db.models.signals import post_migrate

from preau.kit.apps import SchoolAppConfig


class GradebookConfig(SchoolAppConfig):
    name = "preau.gradebook"
    label = "gradebook"

    def ready(self) -> None:
        super().ready()
        post_migrate.connect(_begin_with_something, sender=self)


def _begin_with_something(**_details: Any) -> None:
    """Give a new school the categories, tokens and scheme it starts with."""
    from .actions import adopt_defaults

    adopt_defaults()

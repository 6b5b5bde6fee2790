from typing import Any

from django.db.models.signals import post_migrate

from preau.kit.apps import SchoolAppConfig


class FollowUpConfig(SchoolAppConfig):
    name = "preau.follow_up"
    label = "follow_up"

    def ready(self) -> None:
        super().ready()
        post_migrate.connect(_begin_with_a_list, sender=self)


def _begin_with_a_list(**_details: Any) -> None:
    """Give a new school the measures it starts with."""
    from .actions import adopt_measures

    adopt_measures()

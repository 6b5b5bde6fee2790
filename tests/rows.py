"""All rows of the database, to compare what was there before with what is there after."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps

APART = ("trail.Trace", "exchange.ImportRun", "exchange.ImportLine", "exchange.ImportedRow", "kit.Sending")
"""What tells of what was done, whatever became of it."""
OF_SIGNING_IN = (
    "sessions.Session",
    "usersessions.UserSession",
    "accounts.Account",
    "accounts.Remembered",
    "accounts.Attempts",
    "django_tasks_database.DBTaskResult",
)
"""What changes because somebody came through a door."""


def every_row(*, but: Collection[str] = APART) -> dict[str, dict[Any, dict[str, Any]]]:
    """Return every row of every table that has any, by model and key."""
    found = {}
    for model in apps.get_models():
        rows = {row["pk"]: row for row in model._base_manager.values("pk", *_columns(model))}
        if rows and model._meta.label not in but and model._meta.managed:
            found[model._meta.label] = rows
    return found


def _columns(model: Any) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]

"""What points at a record, wherever in the house: nobody keeps a list of it."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, Model


def pointing_at(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    """Return every foreign key of the house that points at a model."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        pointer: Any = getattr(relation, "field", None)
        is_from_elsewhere = relation.auto_created and not relation.concrete
        if is_from_elsewhere and isinstance(pointer, ForeignKey):
            found.append(pointer)
    return found

"""What is held of persons while an import is undone: whoever moves one of them takes turns."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import ForeignKey, Model

from preau.kit.imports.undoing import Footprint, holds_for_undoing

from ..actions.many import hold_keys
from ..models import Person

AT_A_TIME = 500


def person_in(model: type[Model]) -> str:
    """Return the field that says whom a record is about: never who wrote it. Nothing when it is nobody."""
    if model is Person:
        return "id"
    named = (
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is Person
    )
    return next((name for name in named if not name.endswith("_by")), "")


@holds_for_undoing
def persons(footprint: Footprint) -> None:
    """Hold all those whom one of the rows is about."""
    hold_keys({key for model in footprint.rows for key in _persons_of(footprint, model)})


def _persons_of(footprint: Footprint, model: type[Model]) -> Iterator[int]:
    name, keys = person_in(model), footprint.of(model)
    for start in range(0, len(keys), AT_A_TIME) if name else ():
        some = keys[start : start + AT_A_TIME]
        yield from model._base_manager.filter(pk__in=some).values_list(name, flat=True)
    for row in footprint.rows[model].values():
        if isinstance(was := row.was.get(name), int):
            yield was

"""What is held of persons while an import is undone: whoever moves one of them takes turns."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import ForeignKey, Model

from preau.kit.imports.undoing import Footprint, holds_for_undoing
from preau.kit.portions import portions
from preau.kit.written_rows import What

from ..actions.many import hold_keys
from ..models import Person


def person_in(model: type[Model]) -> str:
    """Return the field that says whom a record is about: never who wrote it. Nothing when it is nobody."""
    return next(iter(persons_in(model)), "")


def persons_in(model: type[Model]) -> list[str]:
    """Return the fields that say whom a record ties, a pupil and a guardian; never who wrote it."""
    if model is Person:
        return ["id"]
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is Person and not field.name.endswith("_by")
    ]


@holds_for_undoing
def persons(footprint: Footprint) -> None:
    """Hold all those whom one of the rows is about."""
    hold_keys({key for model in footprint.rows for key in persons_of(footprint, model)})


def persons_of(footprint: Footprint, model: type[Model], *whats: What) -> Iterator[int]:
    """Yield whom rows of a model name, now or before: of those made, changed or removed; all, unless told."""
    keys = footprint.of(model, *whats)
    for name in persons_in(model):
        for some in portions(keys):
            yield from model._base_manager.filter(pk__in=some).values_list(name, flat=True)
        for key in keys:
            if isinstance(was := footprint.rows[model][key].was.get(name), int):
                yield was

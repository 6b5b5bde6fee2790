"""Whose rows of a gradebook somebody reads: all of them, or those of the class one is in charge of."""

from __future__ import annotations

from collections.abc import Iterable

from preau.people.models import Person
from preau.structure.models import CourseGroup

from ..rules import may_read_row, may_read_whole_gradebook

Rows = frozenset[int] | None
"""The pupils whose rows are read; None stands for all."""


def rows_read(group: CourseGroup, reader: Person) -> Rows:
    """Return whose rows of a gradebook somebody reads. No query for those who read all, two for others."""
    if may_read_whole_gradebook.allows(reader, group):
        return None
    return frozenset(may_read_row.among(group.memberships.all(), reader).values_list("pupil", flat=True))


def only(pupils: Iterable[Person], rows: Rows) -> list[Person]:
    """Return those of the pupils whose rows are read."""
    return [pupil for pupil in pupils if rows is None or pupil.pk in rows]

"""What people write of classes in cells, and what they mean."""

from __future__ import annotations

from django.utils.translation import gettext as _

from preau.kit.imports.values import Wrong, whole, words
from preau.kit.tables import Cell, as_text

MOST_PERIODS = 99


def class_name(cell: Cell) -> str | None:
    """Return the name of a class without spaces: `4 TTA` is 4TTA."""
    name = words(cell)
    return "".join(name.split()) if name else None


def periods_a_week(cell: Cell) -> int | None:
    """Return how many periods a week a course has."""
    number = whole(cell)
    if number is not None and not 0 <= number <= MOST_PERIODS:
        raise Wrong(
            _("A course has no %(typed)s periods a week.") % {"typed": as_text(cell).strip()[:20]},
            _("Write a number like 4."),
        )
    return number

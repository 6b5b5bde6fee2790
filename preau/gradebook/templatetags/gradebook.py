"""The cells of a sheet, and results in words."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString

from preau.design.pieces import cote
from preau.grading.averages import Plan
from preau.people.models import Person

from ..drawing import SheetDrawing
from ..models import Assessment
from ..pictures import histogram
from ..queries import Cell, Row, Sheet

register = template.Library()
register.simple_tag(histogram)


@register.simple_tag
def grade_cells(row: Row, sheet: Sheet) -> SafeString:
    """Draw the cells of one row, to type in while the gradebook is open."""
    return SafeString(SheetDrawing(sheet, is_kept=sheet.closing is None).cells(row))


@register.filter
def beside(pieces: dict[Hashable, SafeString], pupil: Person) -> SafeString:
    """Return what the apps above hang beside the name of a pupil."""
    return pieces.get(pupil.pk, SafeString())


@register.filter
def on_scale(share: Any, plan: Any) -> Decimal | None:
    """Return a share as it is shown on the scale of a plan."""
    return plan.shown(share)


@register.filter
def percent(share: Any, decimals: int = 1) -> str:
    """Write an exact share in percent, to one decimal unless told."""
    return (
        "" if share is None else cote(Decimal(share.numerator) * 100 / Decimal(share.denominator), decimals)
    )


@register.filter
def hundredths(share: Any) -> str:
    """Write an exact value to two decimals."""
    return "" if share is None else cote(Decimal(share.numerator) / Decimal(share.denominator), 2)


@register.simple_tag
def term_value(cell: Cell, assessment: Assessment, plan: Plan) -> str:
    """Return what a cell adds to the sum: its share of the maximum (or its points) times its weight."""
    points = (cell.points or Decimal(0)) * assessment.weight
    return cote(points if plan.by_points else points / assessment.max_points, 2)

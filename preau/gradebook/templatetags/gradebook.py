"""The cells of a sheet, and results in words."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString

from preau.design.pieces import cote
from preau.grading.plans import Plan
from preau.grading.results import nearest, weighed
from preau.people.models import Person

from ..drawing import SheetDrawing
from ..pictures import histogram
from ..queries import Row, Sheet
from ..queries.explaining import Term

HUNDREDTH = Decimal("0.01")
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
def percent(share: Any, decimals: int = 1) -> str:
    """Write an exact share in percent, to one decimal unless told."""
    return "" if share is None else cote(nearest(share * 100, Decimal(1).scaleb(-decimals)), decimals)


@register.filter
def hundredths(share: Any) -> str:
    """Write an exact value to two decimals."""
    return "" if share is None else cote(nearest(share, HUNDREDTH), 2)


@register.simple_tag
def term_value(term: Term, plan: Plan) -> str:
    """Return what a term adds to the sum: its share of the maximum (or its points) times its weight."""
    return hundredths(weighed(term.score, plan))

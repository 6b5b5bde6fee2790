"""What may be said of an assessment: the same for a form, a file of grades and a teacher's own sheet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.structure.models import ReportPeriod

HUNDREDTH = Decimal("0.01")
LARGEST = Decimal("9999.99")


class FactRefused(Refusal):
    """Something that cannot be said of an assessment; `field` is what it was said of."""

    field = ""


class OutOfNothing(FactRefused):
    field = "max_points"
    words = _("An assessment is out of more than 0 points, and of 9999,99 at most.")


class NoSuchWeight(FactRefused):
    field = "weight"
    words = _("An assessment weighs 0 or more, and 9999,99 at most.")


class TooManyDecimals(FactRefused):
    words = _("%(number)s has more than two decimals.")

    def __init__(self, field: str, number: Decimal) -> None:
        self.field = field
        super().__init__(number=f"{number.normalize():f}".replace(".", ","))


class OutsideTheYear(FactRefused):
    field = "held_on"
    words = _("This day is not in the school year %(year)s.")


def check_facts(period: ReportPeriod, facts: Mapping[str, Any]) -> None:
    """
    Refuse what cannot be said of an assessment of a period. Facts that are not told are not looked at.

    :raises FactRefused: naming the field
    """
    numbers = (("max_points", HUNDREDTH, OutOfNothing), ("weight", Decimal(0), NoSuchWeight))
    for field, least, refusal in numbers:
        if facts.get(field) is None:
            continue
        number = Decimal(facts[field])
        if not least <= number <= LARGEST:
            raise refusal
        if number != number.quantize(HUNDREDTH):
            raise TooManyDecimals(field, number)
    held_on, year = facts.get("held_on"), period.school_year
    if held_on is not None and not year.starts_on <= held_on < year.ends_on:
        raise OutsideTheYear(year=year)

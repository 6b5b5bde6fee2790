"""What every page of a document says around its substance, and how figures are written on it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from preau.design.pieces import cote
from preau.grading.results import nearest
from preau.kit import clock
from preau.people.models import Person
from preau.structure.queries import school

Data = dict[str, Any]
TEN_THOUSAND = 10_000
THOUSANDTH = Decimal("0.001")
PAPER = Path(__file__).resolve().parent.parent / "paper"


def page_facts(*, title: str, description: str, footer: str) -> Data:
    """Return what every document says: its language and title, the school, the foot of its pages."""
    return {
        "language": (get_language() or "fr")[:2],
        "title": title,
        "description": description,
        "school": school_facts(),
        "footer": footer,
        "page": _("Page"),
        "of": _("of"),
    }


def school_facts() -> Data:
    known = school()
    if known is None:
        return {"name": "Préau", "contact": ""}
    fase = _("FASE %(number)s") % {"number": known.fase_number} if known.fase_number else ""
    address = ", ".join(filter(None, [known.street, f"{known.postcode} {known.city}".strip()]))
    return {"name": known.name, "contact": " · ".join(filter(None, [address, known.phone, fase]))}


def day(of: date | None) -> str:
    return formats.date_format(of, "SHORT_DATE_FORMAT") if of else ""


def moment(at: datetime) -> str:
    return formats.date_format(localtime(at), "SHORT_DATETIME_FORMAT")


def made_by(person: Person | None) -> str:
    """Return who made the document, and when."""
    when = moment(clock.now())
    if person is None:
        return _("Made on %(when)s") % {"when": when}
    return _("Made on %(when)s by %(who)s") % {"when": when, "who": person.full_name}


def figure(value: Decimal | None, *, fails: bool = False, token: str = "") -> Data:
    """Return a figure as the template draws it: its text, and whether it is low or a sign."""
    if token:
        return {"text": token, "kind": "token"}
    if value is None:
        return {"text": "–", "kind": ""}
    return {"text": cote(value), "kind": "low" if fails else ""}


def exactly(value: Fraction) -> str:
    """Write a value so that one can compute on with it: in decimals if they end early, else as a fraction."""
    if (value * TEN_THOUSAND).denominator == 1:
        return cote(Decimal(int(value * TEN_THOUSAND)) / TEN_THOUSAND)
    return f"{value.numerator}/{value.denominator}"


def with_decimals(value: Fraction) -> str:
    """Write an exact value, and how much a fraction is to a thousandth: 70/3 ≈ 23,333."""
    written = exactly(value)
    return f"{written} ≈ {cote(nearest(value, THOUSANDTH), 3)}" if "/" in written else written


def percent(share: Fraction | None) -> str:
    """Write an exact share in percent."""
    return with_decimals((share or Fraction(0)) * 100)

"""The school year of a bundle, and its report periods."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from django.utils import timezone

from preau.people.models import Person
from preau.structure.actions import ensure_current_year
from preau.structure.models import ReportPeriod, SchoolYear

from .bundle import Bundle, Row

PERIODS = ("gradingPeriod", "term", "semester")
LONGEST_CODE = 10


def year_of(bundle: Bundle, *, by: Person | None, at: datetime) -> SchoolYear:
    """
    Return the school year of a bundle: one the school knows, else one made from the sessions.

    A bundle without sessions is of the year in course.
    """
    spans = [(row, *span) for row in bundle.rows("academicSessions") if (span := _span(bundle, row))]
    if not spans:
        return ensure_current_year(by=by, at=at)
    told = Counter(row["schoolYear"] for row, _first, _last in spans)
    wanted = bundle.school_year = _wanted(
        told, timezone.localdate(at) if timezone.is_aware(at) else at.date()
    )
    mine = [span for span in spans if span[0]["schoolYear"] == wanted] or spans
    years = [span for span in mine if span[0]["type"] == "schoolYear"]
    first = min(span[1] for span in mine)
    last = max(span[2] for span in mine)
    middle = first + (last - first) / 2
    known: SchoolYear | None = SchoolYear.objects.on(middle).first()
    if known:
        return known
    name = (
        f"{int(wanted) - 1}-{wanted}"
        if wanted.isdigit()
        else years[0][0]["title"][:20]
        if years
        else f"{first.year}"
    )
    year, created = SchoolYear.objects.get_or_create(
        name=name, defaults={"starts_on": first, "ends_on": last}
    )
    if created:
        _cut_in_periods(year, mine)
    return year


def _span(bundle: Bundle, row: Row) -> tuple[date, date] | None:
    first, last = bundle.day(row, "startDate"), bundle.day(row, "endDate")
    if not isinstance(first, date) or not isinstance(last, date) or last <= first:
        return None
    return first, last


def _wanted(told: Counter[str], today: date) -> str:
    """Return the school year of the bundle: the one in course if it is told, else the one told most."""
    current = str(today.year + (1 if today.month >= 8 else 0))
    return current if current in told else told.most_common(1)[0][0]


def _cut_in_periods(year: SchoolYear, spans: list[tuple[Row, date, date]]) -> None:
    """Make the report periods of a new year from the smallest sessions that do not share days."""
    for kind in PERIODS:
        cut: list[tuple[Row, date, date]] = []
        for span in sorted((it for it in spans if it[0]["type"] == kind), key=lambda it: (it[1], it[2])):
            if not cut or span[1] >= cut[-1][2] - timedelta(days=1):
                cut.append(span)
        if cut:
            for number, (row, first, last) in enumerate(cut, start=1):
                starts_on = max(first, cut[number - 2][2]) if number > 1 else first
                ReportPeriod.objects.create(
                    school_year=year,
                    code=f"P{number}"[:LONGEST_CODE],
                    name=row["title"][:60] or f"P{number}",
                    starts_on=starts_on,
                    ends_on=last,
                )
            return

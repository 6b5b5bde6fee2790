"""The school year of a bundle, and its report periods."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from django.utils import timezone

from preau.kit.imports import values
from preau.people.models import Person
from preau.structure.actions import change_period, ensure_current_year, record_school_year
from preau.structure.models import ReportPeriod, SchoolYear

from .bundle import Bundle, Row

PERIODS = ("gradingPeriod", "term", "semester")


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
    named: SchoolYear | None = SchoolYear.objects.filter(name=name).first()
    if named:
        return named
    periods = _periods(mine)
    year = record_school_year(name=name, starts_on=first, ends_on=last, periods=periods, by=by, at=at)
    _describe_periods(year, [row for row, _first, _last in mine], by, at)
    return year


def _describe_periods(year: SchoolYear, rows: list[Row], by: Person | None, at: datetime) -> None:
    """Give the periods of a new year what only a bundle of ours tells: code, kind, weight."""
    told = {row["title"]: row for row in rows if row["metadata.code"]}
    for period in year.periods.all():
        row = told.get(period.name)
        if row is None:
            continue
        kind, weight = row["metadata.kind"], values.decimal(row["metadata.weight"])
        change_period(
            period=period,
            code=row["metadata.code"][:10],
            kind=kind if kind in ReportPeriod.Kind.values else period.kind,
            weight=period.weight if weight is None else weight,
            is_deliberative=row["metadata.deliberates"] == "true",
            by=by,
            at=at,
        )


def _span(bundle: Bundle, row: Row) -> tuple[date, date] | None:
    first, last = bundle.day(row, "startDate"), bundle.day(row, "endDate")
    if not isinstance(first, date) or not isinstance(last, date) or last <= first:
        return None
    return first, last


def _wanted(told: Counter[str], today: date) -> str:
    """Return the school year of the bundle: the one in course if it is told, else the one told most."""
    current = str(today.year + (1 if today.month >= 8 else 0))
    return current if current in told else told.most_common(1)[0][0]


def _periods(spans: list[tuple[Row, date, date]]) -> list[tuple[str, date, date]]:
    """Return the report periods of a new year: the smallest sessions that do not share days."""
    for kind in PERIODS:
        cut: list[tuple[str, date, date]] = []
        sessions = [span for span in spans if span[0]["type"] == kind]
        for row, first, last in sorted(sessions, key=lambda span: (span[1], span[2])):
            if not cut or first >= cut[-1][2] - timedelta(days=1):
                starts_on = max(first, cut[-1][2]) if cut else first
                cut.append((row["title"][:60] or f"P{len(cut) + 1}", starts_on, last))
        if cut:
            return cut
    return []

"""Where we are in the school's time. The answers are remembered: they cost no query on an ordinary page."""

from __future__ import annotations

from datetime import date

from preau.kit import clock
from preau.structure.memory import remember
from preau.structure.models import CalendarEvent, ReportPeriod, School, SchoolYear


def school() -> School | None:
    """Return the school, if it has a name already."""
    return remember("school", lambda: School.objects.order_by("pk").first())


def school_years() -> list[SchoolYear]:
    """Return all the school years with their periods, the latest first."""
    return remember("years", lambda: list(SchoolYear.objects.prefetch_related("periods")))


def current_year(on: date | None = None) -> SchoolYear | None:
    """Return the year in course; in summer the one that has just ended, before any the first to come."""
    day = on or clock.today()
    known = school_years()
    begun = [year for year in known if year.starts_on <= day]
    return begun[0] if begun else (known[-1] if known else None)


def periods_of(year: SchoolYear | None) -> list[ReportPeriod]:
    """Return the report periods of a year, in order. No query for a year that `school_years` gave."""
    return sorted(year.periods.all(), key=lambda period: period.rank) if year else []


def current_period(on: date | None = None) -> ReportPeriod | None:
    """Return the period in course; between two, the one that has just ended; before any, the first."""
    day = on or clock.today()
    periods = periods_of(current_year(day))
    begun = [period for period in periods if period.starts_on <= day]
    return begun[-1] if begun else (periods[0] if periods else None)


def calendar_of(year: SchoolYear) -> list[CalendarEvent]:
    """Return what interrupts the weeks of a year, in order."""
    return list(year.events.order_by("starts_on", "pk"))

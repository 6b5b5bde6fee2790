"""Where we are in the school's time. The answers are remembered: they cost no query on an ordinary page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from preau.kit import clock
from preau.kit.memory import remember
from preau.structure.calendars import YearCalendar, calendar_for, calendar_on, half_days, school_days
from preau.structure.models import (
    CalendarEvent,
    Enrolment,
    GroupMembership,
    ReportPeriod,
    School,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
)


def school() -> School | None:
    """Return the school, if it has a name already."""
    return remember("school", lambda: School.objects.select_related("logo").order_by("pk").first())


def school_years() -> list[SchoolYear]:
    """Return all the school years with their periods, the latest first."""
    return remember("years", lambda: list(SchoolYear.objects.prefetch_related("periods")))


def current_year(on: date | None = None) -> SchoolYear | None:
    """Return the year in course; in summer the one that has just ended, before any the first to come."""
    day = on or clock.today()
    known = school_years()
    begun = [year for year in known if year.starts_on <= day]
    return begun[0] if begun else (known[-1] if known else None)


def earlier_year(year: SchoolYear) -> SchoolYear | None:
    """Return the school year before this one. No query: the years are remembered."""
    return next((each for each in school_years() if each.starts_on < year.starts_on), None)


def next_year(year: SchoolYear) -> SchoolYear | None:
    """Return the school year after this one, if it is open. No query."""
    after = [each for each in school_years() if each.starts_on > year.starts_on]
    return after[-1] if after else None


def day_in(year: SchoolYear | None) -> date:
    """Return the day on which a year is looked at: today, and before it begins its first day."""
    return max(clock.today(), year.starts_on) if year else clock.today()


def years_long_over(before: date) -> list[int]:
    """Return the keys of the years that ended before a day: never the year in course, nor the one before."""
    begun = [year for year in school_years() if year.starts_on <= clock.today()]
    return [year.pk for year in begun[2:] if year.ends_on <= before]


def periods_of(year: SchoolYear | None) -> list[ReportPeriod]:
    """Return the report periods of a year, in order. No query for a year that `school_years` gave."""
    return sorted(year.periods.all(), key=lambda period: period.starts_on) if year else []


def current_period(on: date | None = None) -> ReportPeriod | None:
    """Return the period in course; between two, the one that has just ended; before any, the first."""
    day = on or clock.today()
    periods = periods_of(current_year(day))
    begun = [period for period in periods if period.starts_on <= day]
    return begun[-1] if begun else (periods[0] if periods else None)


def calendar_of(year: SchoolYear) -> list[CalendarEvent]:
    """Return what interrupts the weeks of a year, in order."""
    return list(year.events.order_by("starts_on", "pk"))


@dataclass(frozen=True)
class YearFacts:
    """A school year as its page shows it."""

    year: SchoolYear
    events: list[CalendarEvent]
    days: int
    half_days: int
    open_ties: int
    """What is still open in its classes and groups; looked at only once the year is over."""


def year_facts(year: SchoolYear, *, on: date | None = None) -> YearFacts:
    """Return a year with its calendar counted: days of school, half-days."""
    events = calendar_of(year)
    off = [event for event in events if event.kind != CalendarEvent.Kind.NO_LESSON]
    days = school_days(year.starts_on, year.ends_on, off)
    is_over = year.ends_on <= (on or clock.today())
    return YearFacts(year, events, len(days), half_days(days), open_ties_of(year) if is_over else 0)


def open_ties_of(year: SchoolYear) -> int:
    """Return how many ties have no end in the classes and groups of a year."""
    of_classes = (ties.objects.filter(class_group__school_year=year) for ties in (Enrolment, Tutorship))
    of_groups = (
        ties.objects.filter(group__school_year=year) for ties in (GroupMembership, TeachingAssignment)
    )
    return sum(ties.filter(ends_on=None).count() for ties in (*of_classes, *of_groups))


def years_to_open(*, on: date | None = None) -> list[YearCalendar]:
    """Return the calendars of the year in course and of the next, unless they are open already."""
    first = calendar_on(on or clock.today()).starts_on.year
    known = {year.name for year in school_years()}
    return [calendar for year in (first, first + 1) if (calendar := calendar_for(year)).name not in known]

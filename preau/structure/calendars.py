"""
The school years of the Fédération Wallonie-Bruxelles: first and last days, holidays, days to count.

A year starts on the last Monday of August and ends on the first Friday of July. 2025-2026 is the decree's own
calendar (181 days); 2026-2027 follows dates found in open data and the same rule, and waits to be compared
with the decree. A year of which nothing is published is drawn from the rule and the feasts whose date is
certain: its long holidays are to be added by hand.

Names are in French, as on the calendar every school of the Fédération hangs on its wall.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Protocol

ONE_DAY = timedelta(days=1)
WEDNESDAY, SATURDAY = 2, 5


@dataclass(frozen=True)
class Pause:
    """A holiday, or a day off: `ends_on` is the first day back."""

    name: str
    starts_on: date
    ends_on: date

    @property
    def is_one_day(self) -> bool:
        return self.ends_on - self.starts_on == ONE_DAY


@dataclass(frozen=True)
class Stretch:
    """A report period as a school of the Fédération usually cuts the year."""

    code: str
    name: str
    kind: str
    starts_on: date
    ends_on: date
    is_deliberative: bool
    weight: Decimal


class Source(Enum):
    """Where the days of a year come from."""

    DECREE = "the decree itself"
    TO_COMPARE = "published dates that were not found in a decree yet"
    RULE = "the rule, and the feasts whose date is certain"


@dataclass(frozen=True)
class YearCalendar:
    """One school year: its days, its pauses, and how sure they are."""

    name: str
    starts_on: date
    ends_on: date
    pauses: tuple[Pause, ...]
    source: Source


class Interruption(Protocol):
    starts_on: date
    ends_on: date


def _days(name: str, first: date, last: date | None = None) -> Pause:
    return Pause(name, first, (last or first) + ONE_DAY)


PUBLISHED = {
    2025: YearCalendar(
        "2025-2026",
        date(2025, 8, 25),
        date(2026, 7, 4),
        (
            _days("Vacances d'automne", date(2025, 10, 20), date(2025, 10, 31)),
            _days("Armistice", date(2025, 11, 11)),
            _days("Vacances d'hiver", date(2025, 12, 22), date(2026, 1, 2)),
            _days("Vacances de détente", date(2026, 2, 16), date(2026, 2, 27)),
            _days("Lundi de Pâques", date(2026, 4, 6)),
            _days("Vacances de printemps", date(2026, 4, 27), date(2026, 5, 8)),
            _days("Ascension", date(2026, 5, 14)),
            _days("Lundi de Pentecôte", date(2026, 5, 25)),
        ),
        Source.DECREE,
    ),
    2026: YearCalendar(
        "2026-2027",
        date(2026, 8, 24),
        date(2027, 7, 3),
        (
            _days("Vacances d'automne", date(2026, 10, 19), date(2026, 10, 30)),
            _days("Armistice", date(2026, 11, 11)),
            _days("Vacances d'hiver", date(2026, 12, 21), date(2027, 1, 1)),
            _days("Mardi gras", date(2027, 2, 9)),
            _days("Vacances de détente", date(2027, 2, 22), date(2027, 3, 5)),
            _days("Lundi de Pâques", date(2027, 3, 29)),
            _days("Vacances de printemps", date(2027, 4, 26), date(2027, 5, 7)),
            _days("Lundi de Pentecôte", date(2027, 5, 17)),
        ),
        Source.TO_COMPARE,
    ),
}


def calendar_for(first_year: int) -> YearCalendar:
    """Return the calendar of the year that begins in August of `first_year`: published, or by the rule."""
    return PUBLISHED.get(first_year) or _by_the_rule(first_year)


def calendar_on(day: date) -> YearCalendar:
    """Return the calendar of the year in course on a day; in summer, of the one to come."""
    before = calendar_for(day.year - 1)
    return before if day < before.ends_on else calendar_for(day.year)


def _by_the_rule(first_year: int) -> YearCalendar:
    starts_on, ends_on = _last_monday_of_august(first_year), _first_friday_of_july(first_year + 1) + ONE_DAY
    sunday = easter_sunday(first_year + 1)
    feasts = (
        _days("Fête de la Fédération Wallonie-Bruxelles", date(first_year, 9, 27)),
        _days("Armistice", date(first_year, 11, 11)),
        _days("Mardi gras", sunday - timedelta(days=47)),
        _days("Lundi de Pâques", sunday + timedelta(days=1)),
        _days("Fête du Travail", date(first_year + 1, 5, 1)),
        _days("Ascension", sunday + timedelta(days=39)),
        _days("Lundi de Pentecôte", sunday + timedelta(days=50)),
    )
    pauses = tuple(sorted(feasts, key=lambda pause: pause.starts_on))
    return YearCalendar(f"{first_year}-{first_year + 1}", starts_on, ends_on, pauses, Source.RULE)


def _last_monday_of_august(year: int) -> date:
    """Return the first day of school: the Monday before when the last one is 30 or 31 August."""
    end = date(year, 8, 31)
    monday = end - timedelta(days=end.weekday())
    return monday - timedelta(days=7) if monday.day >= 30 else monday


def easter_sunday(year: int) -> date:
    """Return Easter Sunday, by the computation of Meeus, Jones and Butcher."""
    golden, century, in_century = year % 19, year // 100, year % 100
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _first_friday_of_july(year: int) -> date:
    first = date(year, 7, 1)
    return first + timedelta(days=(4 - first.weekday()) % 7)


def usual_periods(calendar: YearCalendar) -> list[Stretch]:
    """
    Cut a year as most schools do: a report card before each long holiday, deliberations in December and June.

    Without published holidays, the year is cut in five by the calendar's usual weeks.
    """
    bounds = [calendar.starts_on, *_cuts(calendar), calendar.ends_on]
    names = (
        ("P1", "Première période", "TJ", False, 10),
        ("P2", "Décembre", "MIXED", True, 35),
        ("P3", "Troisième période", "TJ", False, 10),
        ("P4", "Quatrième période", "TJ", False, 10),
        ("JUIN", "Juin", "EXAM", True, 35),
    )
    return [
        Stretch(code, name, kind, bounds[i], bounds[i + 1], deliberates, Decimal(weight))
        for i, (code, name, kind, deliberates, weight) in enumerate(names)
    ]


def _cuts(calendar: YearCalendar) -> list[date]:
    """Return the Saturdays on which a report period gives way to the next."""
    long = [pause for pause in calendar.pauses if not pause.is_one_day]
    if long:
        return [pause.starts_on - timedelta(days=2) for pause in long]
    weeks = (8, 17, 26, 35)
    return [calendar.starts_on + timedelta(weeks=count, days=-2) for count in weeks]


def school_days(starts_on: date, ends_on: date, pauses: Iterable[Interruption]) -> list[date]:
    """Return the days of school between two days (the end excluded): no weekend, no pause."""
    off = {day for pause in pauses for day in days_between(pause.starts_on, pause.ends_on)}
    return [day for day in days_between(starts_on, ends_on) if day.weekday() < SATURDAY and day not in off]


def half_days(days: Sequence[date]) -> int:
    """Count the half-days of school: two a day, one on Wednesday."""
    return sum(1 if day.weekday() == WEDNESDAY else 2 for day in days)


def days_between(starts_on: date, ends_on: date) -> list[date]:
    """Return every day from one day to another, excluded."""
    return [starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days)]

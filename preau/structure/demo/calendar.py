"""The school years: first and last day, report periods, holidays."""

from __future__ import annotations

from datetime import date, timedelta

from preau.people.demo import FIRST_DAY
from preau.structure.models import CalendarEvent, ReportPeriod, SchoolYear

THIS_YEAR = 2026
DAY_AFTER_LAST = date(2027, 7, 3)
A_YEAR = timedelta(days=364)  # 52 weeks: the same weekdays.

TJ, MIXED = ReportPeriod.Kind.DAILY_WORK, ReportPeriod.Kind.MIXED
# code, name, kind, day after the last, weight
PERIODS = (
    ("P1", "Première période", TJ, date(2026, 10, 17), 10),
    ("P2", "Décembre", MIXED, date(2026, 12, 19), 35),
    ("P3", "Troisième période", TJ, date(2027, 2, 20), 10),
    ("P4", "Quatrième période", TJ, date(2027, 4, 24), 10),
    ("JUIN", "Juin", MIXED, DAY_AFTER_LAST, 35),
)
HOLIDAY, DAY_OFF, NO_LESSON = (
    CalendarEvent.Kind.HOLIDAY,
    CalendarEvent.Kind.DAY_OFF,
    CalendarEvent.Kind.NO_LESSON,
)
# kind, name, first day, day after the last
EVENTS = (
    (HOLIDAY, "Vacances d'automne", date(2026, 10, 19), date(2026, 10, 31)),
    (DAY_OFF, "Armistice", date(2026, 11, 11), date(2026, 11, 12)),
    (NO_LESSON, "Conseils de classe", date(2026, 12, 17), date(2026, 12, 19)),
    (HOLIDAY, "Vacances d'hiver", date(2026, 12, 21), date(2027, 1, 2)),
    (DAY_OFF, "Mardi gras", date(2027, 2, 9), date(2027, 2, 10)),
    (HOLIDAY, "Vacances de détente", date(2027, 2, 22), date(2027, 3, 6)),
    (DAY_OFF, "Lundi de Pâques", date(2027, 3, 29), date(2027, 3, 30)),
    (HOLIDAY, "Vacances de printemps", date(2027, 4, 26), date(2027, 5, 8)),
    (DAY_OFF, "Lundi de Pentecôte", date(2027, 5, 17), date(2027, 5, 18)),
    (NO_LESSON, "Conseils de classe", date(2027, 6, 24), date(2027, 7, 3)),
)


def write_year(years_ago: int) -> tuple[SchoolYear, list[ReportPeriod]]:
    """Write a school year with its report periods and holidays."""
    back = A_YEAR * years_ago
    begins = THIS_YEAR - years_ago
    year = SchoolYear.objects.create(
        name=f"{begins}-{begins + 1}", starts_on=FIRST_DAY - back, ends_on=DAY_AFTER_LAST - back
    )
    periods, starts_on = [], year.starts_on
    for code, name, kind, ends_on, weight in PERIODS:
        period = ReportPeriod(
            school_year=year,
            code=code,
            name=name,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on - back,
            is_deliberative=kind == MIXED,
            weight=weight,
        )
        periods.append(period)
        starts_on = period.ends_on
    ReportPeriod.objects.bulk_create(periods)
    CalendarEvent.objects.bulk_create(
        CalendarEvent(school_year=year, kind=kind, name=name, starts_on=first - back, ends_on=after - back)
        for kind, name, first, after in EVENTS
    )
    return year, periods

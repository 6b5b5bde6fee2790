import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.structure.calendars import (
    Source,
    calendar_for,
    calendar_on,
    easter_sunday,
    half_days,
    school_days,
    usual_periods,
)


def days_of(first_year):
    calendar = calendar_for(first_year)
    return school_days(calendar.starts_on, calendar.ends_on, calendar.pauses)


@pytest.mark.parametrize("first_year", [2025, 2026])
def test_a_published_year_has_181_days_of_school(first_year):
    assert len(days_of(first_year)) == 181


def test_a_year_of_181_days_with_37_wednesdays_has_325_half_days():
    days = days_of(2025)

    assert sum(day.weekday() == 2 for day in days) == 37
    assert half_days(days) == 325


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), unique=True))
def test_half_days_are_two_a_day_less_one_each_wednesday(days):
    assert half_days(days) == 2 * len(days) - sum(day.weekday() == 2 for day in days)


@given(st.integers(2020, 2080))
def test_every_year_starts_on_a_monday_and_ends_after_a_friday(first_year):
    calendar = calendar_for(first_year)

    assert calendar.starts_on.weekday() == 0
    assert (calendar.ends_on - timedelta(days=1)).weekday() == 4
    assert date(first_year, 8, 23) <= calendar.starts_on <= date(first_year, 8, 29)
    assert date(first_year + 1, 7, 1) <= calendar.ends_on - timedelta(days=1) <= date(first_year + 1, 7, 7)


@given(st.integers(2020, 2080))
def test_five_periods_cover_the_year_without_gap_and_weigh_a_hundred(first_year):
    calendar = calendar_for(first_year)
    periods = usual_periods(calendar)

    assert periods[0].starts_on == calendar.starts_on
    assert periods[-1].ends_on == calendar.ends_on
    assert all(one.ends_on == following.starts_on for one, following in itertools.pairwise(periods))
    assert all(period.starts_on < period.ends_on for period in periods)
    assert sum(period.weight for period in periods) == 100


def test_periods_end_on_the_saturday_before_each_long_holiday():
    bounds = [(p.code, p.starts_on, p.is_deliberative) for p in usual_periods(calendar_for(2026))]

    assert bounds == [
        ("P1", date(2026, 8, 24), False),
        ("P2", date(2026, 10, 17), True),
        ("P3", date(2026, 12, 19), False),
        ("P4", date(2027, 2, 20), False),
        ("JUIN", date(2027, 4, 24), True),
    ]


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_where_it_falls(year, sunday):
    assert easter_sunday(year) == sunday


def test_in_summer_the_year_to_come_is_proposed():
    assert calendar_on(date(2026, 11, 24)).name == "2026-2027"
    assert calendar_on(date(2027, 6, 8)).name == "2026-2027"
    assert calendar_on(date(2026, 7, 20)).name == "2026-2027"
    assert calendar_on(date(2027, 8, 1)).name == "2027-2028"


def test_a_year_says_how_sure_its_days_are():
    assert [calendar_for(year).source for year in (2025, 2026, 2031)] == [
        Source.DECREE,
        Source.TO_COMPARE,
        Source.RULE,
    ]


@pytest.mark.parametrize(
    ("first_year", "day"),
    [
        (2027, date(2027, 9, 27)),  # a Monday
        (2027, date(2028, 2, 29)),  # Mardi gras, 47 days before Easter
        (2029, date(2029, 9, 27)),
        (2030, date(2031, 2, 25)),
        (2027, date(2027, 11, 11)),
    ],
)
def test_the_feasts_of_a_year_drawn_by_the_rule_are_no_days_of_school(first_year, day):
    assert day.weekday() < 5
    assert day not in days_of(first_year)


@given(st.integers(2027, 2080))
def test_mardi_gras_is_a_tuesday_before_ash_wednesday(first_year):
    (mardi_gras,) = [pause for pause in calendar_for(first_year).pauses if pause.name == "Mardi gras"]

    assert mardi_gras.starts_on.weekday() == 1
    assert easter_sunday(first_year + 1) - mardi_gras.starts_on == timedelta(days=47)

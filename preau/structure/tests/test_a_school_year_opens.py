from datetime import date

import pytest

from preau.kit import clock
from preau.structure import actions, queries
from preau.structure.calendars import school_days
from preau.structure.models import CalendarEvent, ReportPeriod, SchoolYear


@pytest.fixture
def year(school, school_day):
    return actions.open_school_year(first_year=2025, by=school.maes, at=school_day)


def test_a_year_opens_with_its_holidays_periods_and_181_days(year):
    events = queries.calendar_of(year)

    assert len(school_days(year.starts_on, year.ends_on, events)) == 181
    assert [event.name for event in events][:2] == ["Vacances d'automne", "Armistice"]
    assert events[1].kind == CalendarEvent.Kind.DAY_OFF
    periods = queries.periods_of(year)
    assert [(p.name, p.kind, p.is_deliberative, int(p.weight)) for p in periods] == [
        ("Première période", "TJ", False, 10),
        ("Décembre", "MIXED", True, 35),
        ("Troisième période", "TJ", False, 10),
        ("Quatrième période", "TJ", False, 10),
        ("Juin", "EXAM", True, 35),
    ]


def test_a_year_opens_once(school, year, school_day):
    with pytest.raises(actions.YearAlreadyOpen, match="2025-2026 is already open"):
        actions.open_school_year(first_year=2025, by=school.maes, at=school_day)


def test_the_year_in_course_is_opened_only_where_there_is_none(db, school_day):
    opened = actions.ensure_current_year(by=None, at=school_day)

    assert opened.name == "2026-2027"
    assert actions.ensure_current_year(by=None, at=school_day) == opened
    with clock.at(date(2026, 8, 1)):
        assert actions.ensure_current_year(by=None, at=clock.now()) == opened
    assert SchoolYear.objects.count() == 1
    assert queries.current_period().name == "Décembre"


def test_two_periods_never_share_a_day(school, year, school_day):
    first = year.periods.get(code="P1")

    with pytest.raises(actions.PeriodsOverlap, match="already belong to “Décembre”"):
        actions.change_period(period=first, ends_on=date(2025, 11, 14), by=school.maes, at=school_day)
    with pytest.raises(Exception, match="runs from 25/08/2025 to 03/07/2026"):
        actions.change_period(period=first, starts_on=date(2025, 8, 1), by=school.maes, at=school_day)
    with pytest.raises(Exception, match="choose a later end"):
        actions.change_period(period=first, ends_on=first.starts_on, by=school.maes, at=school_day)

    assert ReportPeriod.objects.get(pk=first.pk).ends_on == date(2025, 10, 18)


def test_a_period_shortened_leaves_room_for_another(school, year, school_day):
    first = year.periods.get(code="P1")
    actions.change_period(period=first, ends_on=date(2025, 9, 27), by=school.maes, at=school_day)

    added = actions.add_period(
        school_year=year,
        code="P0",
        name="Octobre",
        kind="TJ",
        starts_on=date(2025, 9, 27),
        ends_on=date(2025, 10, 18),
        weight=5,
        by=school.maes,
        at=school_day,
    )
    assert [period.code for period in queries.periods_of(year)][:3] == ["P1", "P0", "P2"]
    actions.remove_period(period=added, by=school.maes, at=school_day)
    assert year.periods.count() == 5


def test_a_commune_moves_its_carnival(school, school_day):
    year = actions.open_school_year(first_year=2026, by=school.maes, at=school_day)
    carnival = year.events.get(name="Mardi gras")

    actions.remove_event(event=carnival, by=school.maes, at=school_day)
    actions.add_event(
        school_year=year,
        kind=CalendarEvent.Kind.DAY_OFF,
        name="Laetare",
        starts_on=date(2027, 3, 8),
        ends_on=date(2027, 3, 9),
        by=school.maes,
        at=school_day,
    )

    assert len(school_days(year.starts_on, year.ends_on, queries.calendar_of(year))) == 181
    with pytest.raises(Exception, match="choose days between the two"):
        actions.add_event(
            school_year=year,
            kind=CalendarEvent.Kind.DAY_OFF,
            name="Trop tard",
            starts_on=date(2027, 8, 1),
            ends_on=date(2027, 8, 2),
            by=school.maes,
            at=school_day,
        )


def test_courses_and_groups_take_codes_that_nobody_has(school, school_day):
    group = school.maths_4tta

    second = actions.create_group(
        course=group.course, school_year=school.year, name="4TTB", by=school.maes, at=school_day
    )

    assert second.code == "4:MATH4-02"
    with pytest.raises(Exception, match="4:MATH4-01 is already in use"):
        actions.change_course(record=second, code="4:MATH4-01", by=school.maes, at=school_day)
    with pytest.raises(Exception, match="MATH is already in use"):
        actions.create_subject(code="MATH", name="Mathématique", by=school.maes, at=school_day)
    with pytest.raises(Exception, match="already a class 4TTA in 2026-2027"):
        actions.create_class(
            school_year=school.year,
            year_level=school.class_4tta.year_level,
            name="4TTA",
            by=school.maes,
            at=school_day,
        )

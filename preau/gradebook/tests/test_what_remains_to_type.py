"""A teacher is told how many grades remain to be typed, as pupils come and go."""

from datetime import date, timedelta

import pytest

from preau.gradebook import actions, queries
from preau.structure.models import GroupMembership

from .builders import TUESDAY, assessment, grade

HELD = date(2026, 11, 20)


@pytest.fixture
def radicals(school):
    return assessment(school.maths_4tta, school.december, by=school.vandamme, held_on=HELD)


def remains(school) -> int:
    return queries.missing_grades_of(school.vandamme, school.december)


def pupils_of(school) -> list:
    return [tie.pupil for tie in GroupMembership.objects.filter(group=school.maths_4tta).order_by("pk")]


def test_each_pupil_of_the_group_is_waited_for_until_something_stands(school, radicals):
    first, second, *others = pupils_of(school)
    assert remains(school) == 2 + len(others)

    grade(radicals, first, "13,5", by=school.vandamme)
    grade(radicals, second, "CM", by=school.vandamme)
    assert remains(school) == len(others)

    (line,) = [
        gradebook
        for gradebook in queries.gradebooks_of(school.vandamme, school.december)
        if gradebook.group == school.maths_4tta
    ]
    assert (line.missing, line.pupils) == (len(others), len(others) + 2)


def test_an_assessment_still_to_come_waits_for_nobody(school):
    assessment(school.maths_4tta, school.december, by=school.vandamme, held_on=date(2026, 11, 25))

    assert remains(school) == 0


def test_the_grade_of_one_who_left_hides_nothing_that_is_missing(school, radicals):
    leaver, *others = pupils_of(school)
    grade(radicals, leaver, "12", by=school.vandamme)
    GroupMembership.objects.filter(group=school.maths_4tta, pupil=leaver).update(
        ends_on=TUESDAY.date() - timedelta(days=1)
    )

    assert remains(school) == len(others)


def test_a_newcomer_owes_nothing_for_before_and_what_is_typed_all_the_same_hides_nothing(school, radicals):
    newcomer, *others = pupils_of(school)
    tie = GroupMembership.objects.filter(group=school.maths_4tta, pupil=newcomer)
    tie.update(starts_on=HELD + timedelta(days=1))
    assert remains(school) == len(others)

    grade(radicals, newcomer, "12", by=school.vandamme)
    assert remains(school) == len(others)


def test_one_who_left_and_came_back_is_waited_for_once(school, radicals):
    wanderer, *others = pupils_of(school)
    GroupMembership.objects.filter(group=school.maths_4tta, pupil=wanderer).update(ends_on=date(2026, 10, 1))
    GroupMembership.objects.create(group=school.maths_4tta, pupil=wanderer, starts_on=date(2026, 11, 1))
    assert remains(school) == 1 + len(others)

    grade(radicals, wanderer, "NR", by=school.vandamme)
    assert remains(school) == len(others)


def test_an_emptied_cell_is_missing_again(school, radicals):
    first, *_others = pupils_of(school)
    before = remains(school)
    written = grade(radicals, first, "12", by=school.vandamme)
    assert remains(school) == before - 1

    grade(radicals, first, "", by=school.vandamme, version=written.version)
    assert remains(school) == before


def test_a_neutralised_assessment_waits_for_nobody(school, radicals):
    actions.neutralise(assessment=radicals, by=school.vandamme, at=TUESDAY)

    assert remains(school) == 0

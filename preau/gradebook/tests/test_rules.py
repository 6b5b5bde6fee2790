from datetime import timedelta

import pytest

from preau.gradebook import actions
from preau.gradebook.rules import may_grade, may_keep_gradebook, may_read_grade, may_read_results
from preau.kit import clock
from preau.structure.models import TeachingAssignment

from .builders import TUESDAY, assessment, grade


@pytest.fixture
def noors_grade(school):
    assert school.everybody
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    return grade(test, school.noor, "12", by=school.vandamme)


@pytest.mark.parametrize(
    ("who", "keeps", "reads_unpublished", "reads_published", "opens_results"),
    [
        ("vandamme", True, True, True, True),  # teaches and tutors 4TTA
        ("thys", False, False, False, False),  # teaches elsewhere
        ("lemaire", False, False, False, False),  # tutors another class
        ("pirard", False, True, True, True),  # the head
        ("maes", False, False, False, False),  # the secretary
        ("diallo", False, False, False, False),  # an educator
        ("noor", False, False, True, True),  # it is hers
        ("emma", False, False, False, False),  # sits beside her
        ("samira", False, False, True, True),  # her mother
        ("karim", False, False, False, False),  # her father, who may not see marks
        ("ines", False, False, False, False),  # Emma's mother
        ("nys", False, False, False, False),  # looks after the system
        ("zoe", False, False, False, False),  # a stranger
    ],
)
def test_who_keeps_and_who_reads(
    school, noors_grade, who, keeps, reads_unpublished, reads_published, opens_results
):
    person = school.everybody[who]
    test = noors_grade.assessment

    assert may_keep_gradebook.allows(person, school.maths_4tta) is keeps
    assert may_grade.allows(person, test) is keeps
    assert may_read_grade.allows(person, noors_grade) is reads_unpublished
    actions.publish_grades(assessment=test, by=school.vandamme, at=TUESDAY)
    assert may_read_grade.allows(person, noors_grade) is reads_published
    assert may_read_results.allows(person, school.noor) is opens_results


def test_pupils_read_before_their_parents_when_the_school_says_so(school, noors_grade, settings):

    settings.PARENTS_READ_AFTER = timedelta(hours=24)
    actions.publish_grades(assessment=noors_grade.assessment, by=school.vandamme, at=TUESDAY)

    assert may_read_grade.allows(school.noor, noors_grade)
    assert not may_read_grade.allows(school.samira, noors_grade)
    with clock.at(TUESDAY + timedelta(hours=25)):
        assert may_read_grade.allows(school.samira, noors_grade)


def test_withdrawn_grades_are_hidden_again(school, noors_grade):
    actions.publish_grades(assessment=noors_grade.assessment, by=school.vandamme, at=TUESDAY)
    actions.withdraw_publication(assessment=noors_grade.assessment, by=school.vandamme, at=TUESDAY)

    assert not may_read_grade.allows(school.noor, noors_grade)


def test_a_replacement_keeps_the_gradebook_for_as_long_as_it_lasts(school, noors_grade):
    TeachingAssignment.objects.create(
        group=school.maths_4tta, teacher=school.thys, kind="REPLACEMENT", starts_on=TUESDAY.date()
    )

    assert may_grade.allows(school.thys, noors_grade.assessment)
    TeachingAssignment.objects.filter(teacher=school.thys).update(
        starts_on="2026-11-02", ends_on=TUESDAY.date()
    )
    assert not may_grade.allows(school.thys, noors_grade.assessment)

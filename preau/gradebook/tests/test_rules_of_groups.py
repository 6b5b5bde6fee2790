"""Who reads a whole gradebook: by the groups of today."""

from datetime import date

import pytest

from preau.gradebook import actions, rules
from preau.gradebook.models import Assessment
from preau.people.models import Duty
from preau.structure.models import CourseGroup, Enrolment, GroupMembership
from tests.cast import FIRST_DAY

from .builders import TUESDAY, assessment

YESTERDAY = date(2026, 11, 23)


@pytest.fixture
def physics_test(school) -> Assessment:
    """Noor of 4TTA, whom Claire Vandamme tutors, follows Marc Thys's physics."""
    assert school.everybody
    GroupMembership.objects.create(group=school.physics_5ttb, pupil=school.noor, starts_on=FIRST_DAY)
    return assessment(school.physics_5ttb, school.december, by=school.thys)


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("thys", True),  # teaches it
        ("vandamme", True),  # tutors Noor
        ("pirard", True),  # the head
        ("lemaire", False),  # tutors none of its pupils
        ("maes", False),  # the secretary
        ("noor", False),  # follows it
        ("samira", False),  # her mother
        ("zoe", False),
    ],
)
def test_who_reads_the_gradebook_of_a_group(school, physics_test, who, reads):
    person, group = school.everybody[who], school.physics_5ttb

    assert rules.may_read_gradebook.allows(person, group) is reads
    assert rules.may_read_assessment.allows(person, physics_test) is reads


def test_a_titulaire_reads_no_group_that_the_pupils_of_the_class_have_left(school, physics_test):
    groups = CourseGroup.objects.order_by("pk")
    assert set(rules.may_read_gradebook.among(groups, school.vandamme)) == {
        school.maths_4tta,
        school.physics_5ttb,
    }

    GroupMembership.objects.filter(group=school.physics_5ttb, pupil=school.noor).update(ends_on=YESTERDAY)

    assert set(rules.may_read_gradebook.among(groups, school.vandamme)) == {school.maths_4tta}


def test_a_titulaire_reads_no_group_of_a_pupil_who_left_the_class(school, physics_test):
    Enrolment.objects.filter(pupil=school.noor).update(ends_on=YESTERDAY)

    assert not rules.may_read_gradebook.allows(school.vandamme, school.physics_5ttb)
    assert rules.may_read_gradebook.allows(school.vandamme, school.maths_4tta)  # teaches it


def test_a_parent_reads_no_statement_of_a_group_that_the_pupil_has_left(school, physics_test):
    actions.publish_grades(assessment=physics_test, by=school.thys, at=TUESDAY)
    assert rules.may_read_statement.allows(school.samira, physics_test)

    GroupMembership.objects.filter(group=school.physics_5ttb, pupil=school.noor).update(ends_on=YESTERDAY)

    assert not rules.may_read_statement.allows(school.samira, physics_test)


@pytest.mark.parametrize(
    ("who", "opens_gradebooks", "opens_results", "reads_competences", "reopens"),
    [
        ("pirard", True, False, True, True),  # the head
        ("vandamme", True, False, True, False),  # teaches and tutors
        ("thys", True, False, True, False),  # teaches
        ("maes", False, False, False, False),  # the secretary
        ("noor", False, True, False, False),  # a pupil
        ("samira", False, True, False, False),  # a mother
        ("zoe", False, False, False, False),  # a stranger
    ],
)
def test_who_opens_what(school, who, opens_gradebooks, opens_results, reads_competences, reopens):
    person = school.everybody[who]

    assert rules.may_open_gradebooks.admits(person) is opens_gradebooks
    assert rules.may_open_results.admits(person) is opens_results
    assert rules.may_read_competences.admits(person) is reads_competences
    assert rules.may_reopen_gradebook.admits(person) is reopens


def test_a_titulaire_who_teaches_nothing_opens_gradebooks(school):
    assert school.everybody
    school.maths_4tta.assignments.all().delete()

    assert rules.may_open_gradebooks.admits(school.vandamme)


@pytest.mark.parametrize("kind", [Duty.Kind.HEAD, Duty.Kind.DEPUTY])
def test_a_deputy_leads_as_the_head_does(school, kind):
    Duty.objects.create(person=school.zoe, kind=kind, starts_on=FIRST_DAY)

    assert rules.may_read_gradebook.allows(school.zoe, school.maths_4tta)
    assert rules.may_keep_competences.admits(school.zoe)
    assert rules.may_check_ledger.admits(school.zoe)

"""Who reads a whole gradebook, takes it away, or puts a file into it: by the groups of today."""

from datetime import date

import pytest

from preau.gradebook import actions, rules
from preau.gradebook.models import Assessment, SheetFile
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
    ("who", "reads", "takes_the_book"),
    [
        ("thys", True, True),  # teaches it
        ("vandamme", True, False),  # tutors Noor
        ("pirard", True, True),  # the head
        ("lemaire", False, False),  # tutors none of its pupils
        ("maes", False, False),  # the secretary
        ("noor", False, False),  # follows it
        ("samira", False, False),  # her mother
        ("zoe", False, False),
    ],
)
def test_who_reads_the_gradebook_of_a_group_and_who_takes_it_away(
    school, physics_test, who, reads, takes_the_book
):
    person, group = school.everybody[who], school.physics_5ttb

    assert rules.may_read_gradebook.allows(person, group) is reads
    assert rules.may_read_assessment.allows(person, physics_test) is reads
    assert rules.may_take_book.allows(person, group) is takes_the_book


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


def test_a_file_that_comes_in_is_the_affair_of_who_brought_it_and_still_teaches_the_group(school):
    brought = {"group": school.maths_4tta, "period": school.december, "at": TUESDAY, "name": "a.xlsx"}
    hers = SheetFile.objects.create(by=school.vandamme, **brought)
    of_who_no_longer_teaches = SheetFile.objects.create(by=school.thys, **brought)

    assert rules.may_bring_file.allows(school.vandamme, hers)
    assert not rules.may_bring_file.allows(school.vandamme, of_who_no_longer_teaches)
    assert not rules.may_bring_file.allows(school.thys, of_who_no_longer_teaches)
    assert not rules.may_bring_file.allows(school.pirard, hers)


@pytest.mark.parametrize(
    ("who", "opens_gradebooks", "takes_books", "opens_results", "reads_competences", "reopens"),
    [
        ("pirard", True, True, False, True, True),  # the head
        ("vandamme", True, True, False, True, False),  # teaches and tutors
        ("thys", True, True, False, True, False),  # teaches
        ("maes", False, False, False, False, False),  # the secretary
        ("noor", False, False, True, False, False),  # a pupil
        ("samira", False, False, True, False, False),  # a mother
        ("zoe", False, False, False, False, False),  # a stranger
    ],
)
def test_who_opens_what(
    school, who, opens_gradebooks, takes_books, opens_results, reads_competences, reopens
):
    person = school.everybody[who]

    assert rules.may_open_gradebooks.admits(person) is opens_gradebooks
    assert rules.may_take_books.admits(person) is takes_books
    assert rules.may_open_results.admits(person) is opens_results
    assert rules.may_read_competences.admits(person) is reads_competences
    assert rules.may_reopen_gradebook.admits(person) is reopens


def test_a_titulaire_who_teaches_nothing_opens_gradebooks(school):
    assert school.everybody
    school.maths_4tta.assignments.all().delete()

    assert rules.may_open_gradebooks.admits(school.vandamme)
    assert not rules.may_take_books.admits(school.vandamme)


@pytest.mark.parametrize("kind", [Duty.Kind.HEAD, Duty.Kind.DEPUTY])
def test_a_deputy_leads_as_the_head_does(school, kind):
    Duty.objects.create(person=school.zoe, kind=kind, starts_on=FIRST_DAY)

    assert rules.may_read_gradebook.allows(school.zoe, school.maths_4tta)
    assert rules.may_keep_competences.admits(school.zoe)
    assert rules.may_check_ledger.admits(school.zoe)

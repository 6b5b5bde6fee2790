"""In a group of two classes a titulaire reads the pupils of the class, on the page and wherever it leaves."""

import json

import pytest

from preau.gradebook import queries
from preau.gradebook.models import Grade
from preau.gradebook.rules import may_read_row, may_read_whole_gradebook
from preau.people.models import Person
from preau.structure.models import GroupMembership, Tutorship
from tests.cast import FIRST_DAY

from .builders import assessment, grade, sheet_of


@pytest.fixture
def mixed(school):
    """Marc Thys tutors 4TTA now; Claire Vandamme teaches Noor of that class and Alma of another."""
    _ = school.class_5ttb
    GroupMembership.objects.create(group=school.maths_4tta, pupil=school.alma, starts_on=FIRST_DAY)
    Tutorship.objects.all().delete()
    Tutorship.objects.create(class_group=school.class_4tta, tutor=school.thys, starts_on=FIRST_DAY)
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    for pupil, points in ((school.noor, "12"), (school.emma, "13"), (school.alma, "3")):
        grade(test, pupil, points, by=school.vandamme)
    return test


@pytest.mark.parametrize(
    ("who", "whole", "of_noor", "of_alma"),
    [
        ("vandamme", True, True, True),  # teaches the group
        ("thys", False, True, False),  # tutors the class of Noor
        ("lemaire", False, False, False),  # teaches elsewhere
        ("pirard", True, True, True),  # the head
        ("maes", False, False, False),  # the secretary
        ("noor", False, False, False),  # reads at home what is published
        ("samira", False, False, False),  # her mother, too
        ("nys", False, False, False),  # looks after the system
        ("zoe", False, False, False),  # a stranger
    ],
)
def test_who_reads_which_rows(school, mixed, who, whole, of_noor, of_alma):
    person, group = school.everybody[who], mixed.group
    rows = {tie.pupil: tie for tie in GroupMembership.objects.filter(group=group)}

    assert may_read_whole_gradebook.allows(person, group) is whole
    assert may_read_row.allows(person, rows[school.noor]) is of_noor
    assert may_read_row.allows(person, rows[school.alma]) is of_alma


@pytest.mark.parametrize("page", ["gradebook:sheet", "gradebook:year", "sheets:export", "gradebook:changes"])
def test_what_is_shown_of_a_mixed_group_is_the_class_alone(school, visit, mixed, page):
    keys = {"group_id": school.maths_4tta.pk}
    if page != "gradebook:year":
        keys = sheet_of(school.maths_4tta, school.december)
    query = {"seen": "x", "kind": "csv"} if page != "gradebook:sheet" else {}

    titulaire, teacher = (
        _text(visit(page, as_=reader, query=query, **keys)) for reader in (school.thys, school.vandamme)
    )

    for text, rows in (
        (titulaire, {school.noor, school.emma}),
        (teacher, {school.noor, school.emma, school.alma}),
    ):
        named = {pupil for pupil in (school.noor, school.emma, school.alma) if _is_in(text, pupil)}
        assert named == rows


def _is_in(text, pupil):
    if text.startswith("{"):
        return str(pupil.pk) in json.loads(text)["rows"]
    return pupil.family_name in text


def _text(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.text


def test_neither_why_nor_the_history_of_another_class(school, visit, mixed):
    keys = sheet_of(school.maths_4tta, school.december)
    for pupil, status in ((school.noor, 200), (school.alma, 404)):
        of_pupil = {"pupil_id": pupil.pk}
        assert visit("gradebook:why", as_=school.thys, **keys, **of_pupil).status_code == status
        for page in ("gradebook:history", "gradebook:sub_history"):
            assert visit(page, as_=school.thys, assessment_id=mixed.pk, **of_pupil).status_code == status


def test_the_figures_are_those_of_the_rows_one_reads(school, mixed):
    read = queries.rows_read(school.maths_4tta, school.thys)

    assert read == {school.noor.pk, school.emma.pk}
    assert queries.test_figures(mixed, read).points == [12, 13]
    assert [point.grades for point in queries.trend_of(school.maths_4tta, read)["points"]] == [2]
    heat = queries.heat_map(school.maths_4tta, school.december, read)
    assert [row.pupil for row in heat.rows] == [school.emma, school.noor]
    page = queries.sheet(school.maths_4tta, school.december, read)
    assert (page.columns[0].written, page.columns[0].expected) == (2, 2)


def test_who_teaches_and_who_leads_read_every_row(school, mixed):
    for reader in (school.vandamme, school.pirard):
        assert queries.rows_read(school.maths_4tta, reader) is None
    assert queries.rows_read(school.maths_4tta, Person.objects.get(pk=school.zoe.pk)) == frozenset()
    assert Grade.objects.count() == 3

"""Who taught a group reads on what was done in their days, as the school lets them, and writes nothing."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from preau.gradebook import actions, queries
from preau.gradebook.models import Feedback, Grade
from preau.gradebook.rules import (
    may_grade,
    may_keep_gradebook,
    may_look_back,
    may_look_back_at_row,
    may_open_gradebook,
    may_open_gradebooks,
    may_read_assessment,
    may_read_feedback,
    may_read_grade,
    may_read_gradebook,
    may_read_results,
)
from preau.kit import clock
from preau.people.models import Person
from preau.structure.actions import add_membership, assign_teacher, end_membership, replace_teacher
from preau.structure.models import GroupMembership, TeachingAssignment
from preau.trail.models import Trace

from .builders import TUESDAY, assessment, grade, sheet_of

FIRST, AFTER = date(2026, 11, 2), date(2026, 11, 14)
IN_HIS_DAYS, BEFORE, SINCE = date(2026, 11, 10), date(2026, 10, 20), date(2026, 11, 16)


def again(person):
    """Return the same person as the next request knows them."""
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def stood_in(school):
    """Marc Thys stood in for Claire Vandamme in Math 4 for two weeks of November, and gave a test."""
    assert school.everybody
    claire = TeachingAssignment.objects.get(group=school.maths_4tta)
    with clock.at(FIRST):
        replace_teacher(
            assignment=claire, replacement=school.thys, on=FIRST, until=AFTER, by=school.maes, at=TUESDAY
        )
    with clock.at(IN_HIS_DAYS):
        return _test(school, school.thys, "Puissances", IN_HIS_DAYS, noor="12", emma="9")


def _test(school, teacher, title, held_on, **grades):
    made = assessment(school.maths_4tta, school.december, by=again(teacher), title=title, held_on=held_on)
    for name, points in grades.items():
        grade(made, getattr(school, name), points, by=again(teacher))
    return made


@pytest.fixture
def of_others(school, stood_in):
    """What Claire gave before and since."""
    return [
        _test(school, school.vandamme, "Racines", BEFORE, noor="18", emma="17"),
        _test(school, school.vandamme, "Fonctions", SINCE, noor="3", emma="4"),
    ]


@pytest.mark.parametrize(
    ("who", "opens", "reads_his", "reads_hers", "keeps"),
    [
        ("vandamme", True, True, True, True),  # teaches the group
        ("thys", True, True, False, False),  # stood in for her
        ("lemaire", False, False, False, False),  # teaches elsewhere
        ("pirard", True, True, True, False),  # the head
        ("maes", False, False, False, False),
        ("diallo", False, False, False, False),
        ("nys", False, False, False, False),
        ("noor", False, False, False, False),
        ("samira", False, False, False, False),
        ("zoe", False, False, False, False),
    ],
)
def test_who_opens_and_reads_what(school, stood_in, of_others, who, opens, reads_his, reads_hers, keeps):
    person, group = again(school.everybody[who]), school.maths_4tta
    before, since = of_others

    assert may_open_gradebook.allows(person, group) is opens
    assert may_keep_gradebook.allows(person, group) is keeps
    for test, reads in ((stood_in, reads_his), (before, reads_hers), (since, reads_hers)):
        assert may_read_assessment.allows(person, test) is reads
        assert may_read_grade.allows(person, Grade.objects.get(assessment=test, pupil=school.noor)) is reads
        assert may_grade.allows(person, test) is keeps


def test_nothing_else_of_the_pupil_opens(school, stood_in):
    marc = again(school.thys)

    assert may_look_back.allows(marc, school.maths_4tta)
    assert not may_read_gradebook.allows(marc, school.maths_4tta)
    assert not may_read_results.allows(marc, school.noor)
    assert may_open_gradebooks.admits(marc)


@pytest.mark.parametrize(
    ("day", "keeps", "reads"),
    [
        (FIRST - timedelta(days=1), False, False),  # not there yet
        (FIRST, True, True),
        (AFTER - timedelta(days=1), True, True),
        (AFTER, False, True),
        (AFTER + timedelta(days=364), False, True),
        (AFTER + timedelta(days=365), False, False),  # the school lets one read on for a year
    ],
)
def test_day_by_day(school, stood_in, day, keeps, reads):
    with clock.at(day):
        marc = again(school.thys)
        assert may_grade.allows(marc, stood_in) is keeps
        assert may_read_assessment.allows(marc, stood_in) is reads
        assert may_open_gradebook.allows(marc, school.maths_4tta) is reads


def test_the_school_decides_for_how_long(school, stood_in, settings):
    settings.FORMER_TEACHERS_READ_DAYS = 10
    assert not may_open_gradebook.allows(again(school.thys), school.maths_4tta)

    settings.FORMER_TEACHERS_READ_DAYS = 11
    assert may_open_gradebook.allows(again(school.thys), school.maths_4tta)

    settings.FORMER_TEACHERS_READ_DAYS = 0
    assert not may_open_gradebook.allows(again(school.thys), school.maths_4tta)
    assert may_open_gradebook.allows(again(school.vandamme), school.maths_4tta)


def test_what_one_graded_is_read_though_it_was_given_before(school, stood_in, of_others):
    before, since = of_others
    with clock.at(IN_HIS_DAYS):
        late = grade(before, school.noor, "11", by=again(school.thys), version=1)

    marc = again(school.thys)
    assert may_read_assessment.allows(marc, before)
    assert not may_read_assessment.allows(marc, since)

    grade(before, school.noor, "18", by=again(school.vandamme), version=late.version)
    assert may_read_assessment.allows(again(school.thys), before), "what he wrote is past, and was his"


def test_the_rows_are_those_of_pupils_who_were_there_then(school, stood_in):
    group, office = school.maths_4tta, {"by": school.maes, "at": TUESDAY}
    emma = GroupMembership.objects.get(group=group, pupil=school.emma)
    end_membership(membership=emma, on=FIRST, **office)  # she left on the day he came
    add_membership(group=group, pupil=school.alma, on=AFTER, **office)  # she came on the day he left
    add_membership(group=group, pupil=school.elias, on=AFTER - timedelta(days=1), **office)

    marc = again(school.thys)

    assert queries.rows_taught(group, marc) == {school.noor.pk, school.elias.pk}
    rows = {tie.pupil: may_look_back_at_row.allows(marc, tie) for tie in group.memberships.all()}
    assert rows == {school.noor: True, school.emma: False, school.alma: False, school.elias: True}
    assert may_read_grade.allows(marc, Grade.objects.get(assessment=stood_in, pupil=school.noor))
    assert not may_read_grade.allows(marc, Grade.objects.get(assessment=stood_in, pupil=school.emma))


def test_the_sheet_shows_the_columns_of_those_days_and_no_result(school, visit, stood_in, of_others):
    keys = sheet_of(school.maths_4tta, school.december)

    page = visit("gradebook:sheet", as_=school.thys, **keys)

    assert "Puissances" in page.text
    assert "Racines" not in page.text
    assert "Fonctions" not in page.text
    assert "You taught this group from 02/11/2026 to 13/11/2026" in page.text
    assert "until 13/11/2027" in page.text
    sheet = page.context["sheet"]
    assert {cell.text for row in sheet.rows for cell in row.cells} == {"12", "9"}
    assert [row.result.retained for row in sheet.rows] == [None, None]
    assert [row.trend for row in sheet.rows] == [[0.45], [0.6]]
    data = visit("gradebook:changes", query={"seen": "x"}, **keys).json()
    assert {text for _test, _pupil, _version, text, _dress in data["cells"]} == {"12", "9"}
    assert {shown for shown, _fails in data["rows"].values()} == {""}
    assert 'name="' not in page.text.split("<tbody>")[1].split("</tbody>")[0], "nothing to type in"


def test_a_comment_of_ones_own_is_read_and_that_of_a_colleague_is_not(school, visit, stood_in, of_others):
    with clock.at(IN_HIS_DAYS):
        _comment(school, school.thys, school.noor, "Participe bien.")
    _comment(school, school.vandamme, school.emma, "Distraite.")

    page = visit("gradebook:sheet", as_=school.thys, **sheet_of(school.maths_4tta, school.december))

    assert "Participe bien." in page.text
    assert "Distraite." not in page.text
    assert page.context["sheet"].comments_written == 1


def _comment(school, teacher, pupil, text):
    actions.write_comment(
        group=school.maths_4tta,
        period=school.december,
        pupil=pupil,
        text=text,
        version=0,
        by=again(teacher),
        at=TUESDAY,
    )


def test_a_result_is_read_and_explained_where_all_of_it_was_theirs(school, visit, stood_in):
    keys = {**sheet_of(school.maths_4tta, school.december), "pupil_id": school.noor.pk}
    assert visit("gradebook:why", as_=school.thys, **keys).status_code == 200
    page = visit("gradebook:sheet", **sheet_of(school.maths_4tta, school.december))
    assert [row.result.computed for row in page.context["sheet"].rows] == [45, 60]

    _test(school, school.vandamme, "Fonctions", SINCE, noor="3")

    assert visit("gradebook:why", **keys).status_code == 404
    assert visit("gradebook:why", as_=school.vandamme, **keys).status_code == 200


def test_the_history_of_ones_own_days_and_a_trace_of_the_look(school, visit, stood_in, of_others):
    for test, status in ((stood_in, 200), (of_others[0], 404), (of_others[1], 404)):
        for page in ("gradebook:history", "gradebook:sub_history"):
            keys = {"assessment_id": test.pk, "pupil_id": school.noor.pk}
            assert visit(page, as_=school.thys, **keys).status_code == status
        assert visit("gradebook:figures", assessment_id=test.pk).status_code == status
    assert Trace.objects.filter(act="gradebook.look_at_results", by=school.thys, about=school.noor).exists()


def test_what_is_not_theirs_stays_shut(school, visit, tap, stood_in):
    group = {"group_id": school.maths_4tta.pk}
    keys = sheet_of(school.maths_4tta, school.december)
    for page, where in (
        ("gradebook:year", group),
        ("gradebook:trend", group),
        ("gradebook:heat", keys),
        ("sheets:export", keys),
        ("sheets:blank_list", keys),
        ("sheets:book", group),
        ("gradebook:new_assessment", keys),
        ("gradebook:results", {"pupil_id": school.noor.pk}),
    ):
        assert visit(page, as_=school.thys, **where).status_code == 404, page
    cell = {f"{stood_in.pk}.{school.noor.pk}.1": "20"}
    assert tap("gradebook:whole_sheet", cell, as_=school.thys, **keys).status_code == 404
    assert Grade.objects.get(assessment=stood_in, pupil=school.noor).points == 12


def test_the_list_of_gradebooks_names_earlier_groups(school, visit, stood_in):
    page = visit("gradebook:groups", as_=school.thys)
    assert "Earlier groups" in page.text
    assert "to read until 13/11/2027" in page.text
    door = visit("gradebook:gradebook", group_id=school.maths_4tta.pk)
    assert door.url.endswith(f"/periods/{school.december.pk}/"), "the last period in which he taught there"

    assert "Earlier groups" not in visit("gradebook:groups", as_=school.lemaire).text
    with clock.at(AFTER + timedelta(days=365)):
        assert "Earlier groups" not in visit("gradebook:groups", as_=school.thys).text


def test_who_comes_back_keeps_the_group_and_looks_back_at_nothing(school, visit, stood_in, of_others):
    assign_teacher(
        group=school.maths_4tta, teacher=school.thys, on=date(2026, 11, 20), by=school.maes, at=TUESDAY
    )

    assert "Earlier groups" not in visit("gradebook:groups", as_=school.thys).text
    page = visit("gradebook:sheet", **sheet_of(school.maths_4tta, school.december))
    assert "You taught" not in page.text
    assert "Racines" in page.text


def test_the_year_is_over_and_its_teacher_reads_it_through_the_summer(school, visit, stood_in, of_others):
    with clock.at(date(2027, 8, 26)):
        last = TeachingAssignment.objects.get(group=school.maths_4tta, teacher=school.vandamme)
        last.ends_on = school.year.ends_on
        last.save()
        page = visit("gradebook:sheet", as_=school.vandamme, **sheet_of(school.maths_4tta, school.december))
        assert all(title in page.text for title in ("Racines", "Puissances", "Fonctions"))
        assert all(row.result.computed is not None for row in page.context["sheet"].rows)
        assert not page.context["is_kept"]


def test_a_copy_given_back_is_read_by_who_gave_it(school, stood_in):
    with clock.at(IN_HIS_DAYS):
        copy = actions.give_feedback(
            file=ContentFile(b"%PDF-1.7 copy", "copy.pdf"),
            assessment=stood_in,
            pupil=school.noor,
            by=again(school.thys),
            at=TUESDAY,
        )

    assert may_read_feedback.allows(again(school.thys), copy)
    assert not may_read_feedback.allows(again(school.lemaire), copy)
    assert Feedback.objects.count() == 1

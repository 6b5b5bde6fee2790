"""Each look at a pupil's results, file or lists leaves a trace, which the family reads; exports too."""

import pytest

from preau.gradebook.tests.builders import assessment, grade, sheet_of
from preau.trail import queries
from preau.trail.models import Trace


@pytest.fixture
def marked(school):
    found = assessment(school.maths_4tta, school.december, by=school.vandamme)
    grade(found, school.noor, "12", by=school.vandamme)
    return found


DOORS = {
    "gradebook:results": "opened the results",
    "gradebook:past": "opened the results",
    "gradebook:why": "opened the results",
    "gradebook:history": "opened the results",
    "gradebook:sub_history": "opened the results",
    "sheets:explanation": "opened the results",
    "gradebook:sheet": "opened the gradebook of",
    "gradebook:year": "opened the gradebook of",
    "gradebook:trend": "opened the gradebook of",
    "gradebook:heat": "opened the gradebook of",
    "sheets:export": "took away",
    "sheets:book": "took away",
    "exchange:group_bundle": "for another program",
    "structure:class_group": "opened the list of 4TTA",
    "structure:class_sheet": "opened the list of 4TTA",
    "people:person": "opened the page of the register",
    "portal:pupil": "opened the pupil's file",
}


def keys_of(door, school, test):
    of_pupil = {"pupil_id": school.noor.pk}
    sheet, group = sheet_of(school.maths_4tta, school.december), {"group_id": school.maths_4tta.pk}
    return {
        "gradebook:why": sheet | of_pupil,
        "gradebook:history": {"assessment_id": test.pk, **of_pupil},
        "gradebook:sub_history": {"assessment_id": test.pk, **of_pupil},
        "gradebook:sheet": sheet,
        "gradebook:heat": sheet,
        "sheets:export": sheet,
        "gradebook:year": group,
        "gradebook:trend": group,
        "sheets:book": group,
        "exchange:group_bundle": group,
        "structure:class_group": {"class_group_id": school.class_4tta.pk},
        "structure:class_sheet": {"class_group_id": school.class_4tta.pk},
        "people:person": {"somebody_id": school.noor.pk},
    }.get(door, of_pupil)


@pytest.mark.parametrize("door", DOORS)
def test_the_head_looks_and_the_mother_reads_that(
    school, visit, marked, door, django_capture_on_commit_callbacks
):
    _ = school.class_4tta, school.samira
    keys = keys_of(door, school, marked)

    with django_capture_on_commit_callbacks(execute=True):
        for _again in range(2):
            assert visit(door, as_=school.pirard, **keys).status_code == 200

    told = visit("trail:looks", as_=school.samira, pupil_id=school.noor.pk).text
    assert "Paul Pirard" in told
    assert DOORS[door].replace("'", "&#x27;") in told
    if Trace.objects.filter(by=school.pirard, is_look=True).exists():
        assert Trace.objects.filter(by=school.pirard).count() == 1


def test_a_class_list_in_a_file_is_told_to_the_families_of_that_class(
    school, visit, django_capture_on_commit_callbacks
):
    _ = school.class_4tta, school.class_5ttb
    with django_capture_on_commit_callbacks(execute=True):
        keys = {"class_group_id": school.class_4tta.pk}
        visit("structure:class_group", as_=school.vandamme, query={"file": "csv"}, **keys)

    assert [trace.act for trace in queries.looks_at(school.emma)].count("trail.take_list") == 1
    assert not queries.looks_at(school.alma).exists()


def test_the_family_at_home_leaves_no_trace(school, visit, marked):
    for reader in (school.noor, school.samira):
        visit("gradebook:results", as_=reader, pupil_id=school.noor.pk)
        visit("sheets:explanation", as_=reader, pupil_id=school.noor.pk)

    assert not queries.looks_at(school.noor).exists()


def test_who_teaches_is_noted_once_a_day(school, visit, marked):
    for _again in range(3):
        visit("gradebook:sheet", as_=school.vandamme, **sheet_of(school.maths_4tta, school.december))

    assert [trace.act for trace in queries.looks_at(school.noor)] == ["gradebook.look_at_sheet"]

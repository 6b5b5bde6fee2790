"""Planning an assessment: what the day holds, what is known of pupils, an earlier one as a model."""

from datetime import date

import pytest

from preau.gradebook import actions, queries
from preau.gradebook.models import Assessment
from preau.gradebook.places import CELL, NEW_ASSESSMENT
from preau.grading.models import Category
from preau.kit import slots

from .builders import assessment, grade, sheet_of
from .parts import acquisition, competences, look_at, rubric

WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def history(school):
    """Noor and Emma follow history too."""
    return school._group("HIST", "Histoire", 2, school.class_4tta, school.thys, school.noor, school.emma)


@pytest.fixture
def slot():
    """Hang pieces in a slot for one test only."""
    hung = []

    def hang(name, piece):
        piece.__module__ = "preau.structure.offers"
        slots.offer(name)(piece)
        hung.append((name, piece))

    yield hang
    for name, piece in hung:
        slots._offers[name] = [offer for offer in slots._offers[name] if offer[1] is not piece]


def form(**changed):
    usual = {
        "title": "Racines",
        "category": Category.objects.get(code="INTERRO").pk,
        "held_on": "2026-11-25",
        "max_points": "20",
        "weight": "1",
        "purpose": "CERTIFICATIVE",
    }
    return {**usual, **changed}


def test_a_day_that_is_full_is_told_and_blocks_nothing(school, history, tap, visit):
    for title in ("Sources", "Dates"):
        assessment(history, school.december, by=school.thys, title=title, held_on=WEDNESDAY)
    told = "4TTA already has 2 tests on Wednesday 25 November (Histoire 2, Histoire 2); 2 that week."

    load = visit(
        "gradebook:day_load",
        as_=school.vandamme,
        query={"held_on": "2026-11-25"},
        headers={"HX-Request": "true"},
        **sheet_of(school.maths_4tta, school.december),
    )
    assert told in load.text
    assert "<html" not in load.text
    tap("gradebook:new_assessment", form(), htmx=False, **sheet_of(school.maths_4tta, school.december))
    assert Assessment.objects.filter(title="Racines").exists()
    assert told in visit("gradebook:sheet", **sheet_of(school.maths_4tta, school.december)).text


def test_a_full_week_is_told_too(school, history, settings):
    settings.MOST_TESTS_A_WEEK = 3
    for day in (23, 24, 27):
        assessment(history, school.december, by=school.thys, held_on=date(2026, 11, day))

    assert queries.overload_in_words(school.maths_4tta, WEDNESDAY) == ["4TTA already has 3 tests that week."]
    assert not queries.overload_in_words(school.maths_4tta, date(2026, 12, 2))


def test_only_the_tests_of_the_busiest_pupil_count(school, history):
    for group, teacher in ((history, school.thys), (school.french_2cb, school.lemaire)):
        assessment(group, school.december, by=teacher, held_on=WEDNESDAY)

    (load,) = queries.load_of(school.maths_4tta, WEDNESDAY)
    assert (load.class_name, load.that_day, load.that_week) == ("4TTA", ["Histoire 2"], 1)
    moved = Assessment.objects.get(group=history)
    (load,) = queries.load_of(school.maths_4tta, WEDNESDAY, but=moved.pk)
    assert not load.that_day


@pytest.mark.parametrize("typed", ["", "demain", "2026-02-31", "<script>", "9999999999"])
def test_a_day_that_is_none_tells_nothing(school, visit, typed):
    page = visit(
        "gradebook:day_load",
        as_=school.vandamme,
        query={"held_on": typed, "but": "x"},
        **sheet_of(school.maths_4tta, school.december),
    )
    assert "Nothing to tell of this day." in page.text


def test_apps_above_say_what_they_know_of_the_group_and_of_the_pupil(school, slot, visit):
    slot(
        NEW_ASSESSMENT,
        lambda request, planned: f"<p>{planned.group.name}, {planned.day:%d %m}: one third more time</p>",
    )
    slot(CELL, lambda request, place: f"<p>{place.pupil.called} was absent at {place.assessment.title}</p>")
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    grade(test, school.noor, "12", by=school.vandamme)

    new = visit(
        "gradebook:new_assessment", as_=school.vandamme, **sheet_of(school.maths_4tta, school.december)
    )
    cell = visit("gradebook:history", assessment_id=test.pk, pupil_id=school.noor.pk)

    assert "4TTA, 24 11: one third more time" in new.text
    assert "Noor was absent at Radicaux" in cell.text


def test_an_assessment_begins_from_an_earlier_one(school, tap, visit):
    by = school.vandamme
    (c1,) = competences(school.maths_4tta.course.subject, by=school.pirard, C1="Calculer")
    earlier = assessment(school.maths_4tta, school.first_period, by=by, out_of=15, held_on=date(2026, 9, 15))
    look_at(earlier, (c1, 15), by=by, adds_up=True)
    place = sheet_of(school.maths_4tta, school.december)

    page = visit("gradebook:new_assessment", as_=by, query={"like": earlier.pk}, **place)
    assert 'value="Radicaux"' in page.text
    assert f'href="?like={earlier.pk}"' in page.text
    answer = tap("gradebook:new_assessment", form(like=earlier.pk, max_points="15"), **place)

    assert answer.status_code == 302
    planned = Assessment.objects.get(title="Racines")
    assert (planned.composition, planned.max_points) == ("COMPETENCES", 15)
    assert [part.competence for part in planned.parts.all()] == [c1]


def test_what_a_colleague_keeps_is_nothing_to_begin_from(school, history, visit, tap):
    theirs = assessment(history, school.december, by=school.thys, title="Sources")
    place = sheet_of(school.maths_4tta, school.december)

    page = visit("gradebook:new_assessment", as_=school.vandamme, query={"like": theirs.pk}, **place)
    sent = [form(like=key) for key in ("x", str(theirs.pk), "9" * 40)]
    refused = [tap("gradebook:new_assessment", each, **place) for each in sent]

    assert "Sources" not in page.text
    assert [answer.status_code for answer in refused] == [422] * 3
    assert 'value="Racines"' in refused[0].text
    assert not Assessment.objects.filter(title="Racines").exists()


def test_a_copy_in_a_parallel_group_takes_the_parts_along(school):
    by = school.vandamme
    parallel = school._group("MATHB", "Math bis", 4, school.class_5ttb, by, school.alma)
    (c1,) = competences(school.maths_4tta.course.subject, by=school.pirard, C1="Calculer")
    test = assessment(school.maths_4tta, school.december, by=by)
    look_at(test, (c1, acquisition()), by=by)
    actions.attach_rubric(assessment=test, rubric=rubric(by=by), by=by, at=test.created_at)

    (copy,) = actions.copy_assessment(assessment=test, groups=[parallel], by=by, at=test.created_at)

    assert [part.scale for part in copy.parts.all()] == [acquisition()]
    assert (copy.composition, copy.max_points, queries.rubric_of(copy).title) == ("RUBRIC", 10, "Exposé oral")

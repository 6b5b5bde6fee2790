"""Assessments look at competences: each has its own points or level, and families read what they come to."""

import json
from datetime import date
from decimal import Decimal

import pytest

from preau.gradebook import actions, queries
from preau.gradebook.models import Competence, CompetenceRule, Grade, SubGrade
from preau.grading.actions import keep_scheme
from preau.grading.models import Scheme
from preau.structure.models import Course
from tests.drawn import in_one_line

from .builders import TUESDAY, assessment, grade
from .parts import acquisition, competences, level, look_at, reach


@pytest.fixture
def two(school):
    """The competences C1 and C2 of mathematics."""
    return competences(school.maths_4tta.course.subject, by=school.pirard, C1="Calculer", C2="Expliquer")


@pytest.fixture
def test_of_both(school, two):
    """A test out of 20 that looks at C1 out of 12 and C2 out of 8."""
    return assessment(school.maths_4tta, school.december, by=school.vandamme)


def marks(assessment_):
    return {it.pupil_id: it.points for it in Grade.objects.filter(assessment=assessment_)}


def test_the_grade_is_the_sum_once_all_its_points_are_typed(school, two, test_of_both):
    one, other = look_at(test_of_both, (two[0], 12), (two[1], 8), by=school.vandamme, adds_up=True)

    reach(one, school.noor, "9,5", by=school.vandamme)
    assert not marks(test_of_both)
    reach(other, school.noor, "6", by=school.vandamme)
    assert marks(test_of_both) == {school.noor.pk: Decimal("15.5")}

    reach(one, school.noor, "10", by=school.vandamme, version=1)
    assert marks(test_of_both) == {school.noor.pk: Decimal(16)}
    assert [it.points for it in Grade.objects.get().past.all()] == [Decimal("15.5")]
    reach(one, school.noor, "", by=school.vandamme, version=2)
    assert Grade.objects.get().is_empty


def test_a_sum_is_not_typed_and_its_maximum_is_that_of_its_parts(school, two, test_of_both):
    look_at(test_of_both, (two[0], 12), (two[1], 13), by=school.vandamme, adds_up=True)

    assert test_of_both.max_points == 25
    with pytest.raises(actions.PartsDecide):
        actions.change_assessment(
            assessment=test_of_both, max_points=Decimal(20), by=school.vandamme, at=TUESDAY
        )
    (answer,) = actions.write_cells(
        group=school.maths_4tta,
        period=school.december,
        asked=[actions.AskedCell(test_of_both.pk, school.noor.pk, 0, "12")],
        by=school.vandamme,
        at=TUESDAY,
    )
    assert (answer["state"], answer["words"]) == (
        "refused",
        "This grade is the sum of its parts: type those instead.",
    )
    assert grade(test_of_both, school.noor, "CM", by=school.vandamme).token.code == "CM"


def test_levels_do_not_add_up(school, two, test_of_both):
    with pytest.raises(actions.NothingToAdd, match="Levels do not add up"):
        look_at(test_of_both, (two[0], acquisition()), by=school.vandamme, adds_up=True)


def test_a_sub_grade_keeps_its_past_and_shows_both_values_to_the_second_writer(school, two, test_of_both):
    (part,) = look_at(test_of_both, (two[0], acquisition()), by=school.vandamme)
    reach(part, school.noor, "eva", by=school.vandamme)
    there = reach(part, school.noor, "A", by=school.vandamme, version=1)

    assert [(it.version, it.level.code) for it in there.past.all()] == [(1, "EVA")]
    with pytest.raises(actions.SubGradeChangedMeanwhile, match="Claire Vandamme wrote A here meanwhile"):
        reach(part, school.noor, "NA", by=school.thys, version=1)
    assert SubGrade.objects.get().level.code == "A"


def test_a_competence_in_which_grades_stand_is_not_taken_away(school, two, test_of_both):
    one, _other = look_at(test_of_both, (two[0], 12), (two[1], 8), by=school.vandamme)
    reach(one, school.noor, "9", by=school.vandamme)

    for asked in ([(two[1], 8)], [(two[0], acquisition()), (two[1], 8)]):
        with pytest.raises(actions.PartInUse, match="Pupils have grades in “C1”"):
            look_at(test_of_both, *asked, by=school.vandamme)
    with pytest.raises(actions.MoreThanItsParts):
        look_at(test_of_both, (two[0], 8), by=school.vandamme)


def test_an_assessment_in_which_a_competence_is_rated_is_not_removed(school, two, test_of_both):
    (part,) = look_at(test_of_both, (two[0], acquisition()), by=school.vandamme)
    reach(part, school.noor, "EVA", by=school.vandamme)

    with pytest.raises(actions.HasGrades):
        actions.remove_assessment(assessment=test_of_both, by=school.vandamme, at=TUESDAY)
    reach(part, school.noor, "", by=school.vandamme, version=1)
    actions.remove_assessment(assessment=test_of_both, by=school.vandamme, at=TUESDAY)
    assert not SubGrade.objects.exists()


def test_the_page_takes_cells_one_by_one_and_answers_each(school, two, test_of_both, tap, client):
    one, other = look_at(test_of_both, (two[0], 12), (two[1], acquisition()), by=school.vandamme)
    client.force_login(school.vandamme.account)
    sent = [
        [one.pk, school.noor.pk, 0, "9,5"],
        [other.pk, school.noor.pk, 0, "eva"],
        [one.pk, school.emma.pk, 0, "13"],
        [other.pk, school.emma.pk, 0, "12"],
        [one.pk, school.alma.pk, 0, "3"],
        [999, school.noor.pk, 0, "3"],
    ]

    answer = client.post(
        f"/assessments/{test_of_both.pk}/parts/cells/", json.dumps({"cells": sent}), "application/json"
    )

    told = answer.json()["cells"]
    assert [it["state"] for it in told] == ["saved", "saved", "refused", "refused", "refused", "gone"]
    assert (told[0]["text"], told[1]["text"]) == ("9.5", "EVA")
    assert "more than the 12 points" in told[2]["words"]
    assert told[3]["words"] == "“12” is not on the scale. Type one of A, EVA, NA, NE."
    assert (
        client.post(f"/assessments/{test_of_both.pk}/parts/cells/", "[", "application/json").status_code
        == 422
    )


def test_the_page_is_a_plain_form_too(school, two, test_of_both, visit, tap):
    one, other = look_at(test_of_both, (two[0], 12), (two[1], 8), by=school.vandamme, adds_up=True)
    form = {
        f"{one.pk}.{school.noor.pk}.0": "9",
        f"{other.pk}.{school.noor.pk}.0": "six",
        f"{other.pk}.{school.emma.pk}.0": "",
    }

    answer = tap(
        "gradebook:whole_parts", form, as_=school.vandamme, htmx=False, assessment_id=test_of_both.pk
    )
    page = visit("gradebook:part_marks", assessment_id=test_of_both.pk)

    assert answer.status_code == 422
    assert 'value="six" aria-invalid="true" title="“six” is no number of points.' in in_one_line(answer.text)
    assert "What is not marked is kept." in answer.text
    assert f'name="{one.pk}.{school.noor.pk}.1"' in page.text
    assert SubGrade.objects.count() == 1


def test_others_changes_are_told_once(school, two, test_of_both, visit):
    (part,) = look_at(test_of_both, (two[0], 20), by=school.vandamme, adds_up=True)
    page = visit("gradebook:part_marks", as_=school.vandamme, assessment_id=test_of_both.pk)
    seen = {"seen": page.context["page"].stamp}
    assert visit("gradebook:part_changes", query=seen, assessment_id=test_of_both.pk).status_code == 204

    reach(part, school.noor, "9", by=school.vandamme)

    told = visit("gradebook:part_changes", query=seen, assessment_id=test_of_both.pk).json()
    assert told["cells"] == [[part.pk, school.noor.pk, 1, "9", ""]]
    assert told["rows"][str(school.noor.pk)] == ["9", True]
    history = visit("gradebook:sub_history", assessment_id=test_of_both.pk, pupil_id=school.noor.pk)
    assert "C1 Calculer" in history.text


def test_choosing_competences_on_the_page(school, two, test_of_both, tap, visit):
    form = {f"points-{two[0].pk}": "12", f"scale-{two[1].pk}": acquisition().pk, "adds_up": "on"}

    answer = tap("gradebook:parts", form, as_=school.vandamme, assessment_id=test_of_both.pk)

    assert answer.status_code == 302
    assert [(part.competence.code, part.max_points) for part in test_of_both.parts.all()] == [
        ("C1", 12),
        ("C2", None),
    ]
    both = {f"points-{two[0].pk}": "12", f"scale-{two[0].pk}": acquisition().pk}
    refused = tap("gradebook:parts", both, assessment_id=test_of_both.pk)
    assert refused.status_code == 422
    assert "Choose points or a scale, not both." in refused.text


# ---- What a subject teaches ----


def test_a_competence_that_is_used_ends_and_one_that_is_not_goes(school, two, test_of_both):
    look_at(test_of_both, (two[0], 12), by=school.vandamme)

    actions.keep_competences(
        subject=two[0].subject, lines=[], on=date(2026, 11, 24), by=school.pirard, at=TUESDAY
    )

    assert [(competence.code, competence.ends_on) for competence in Competence.objects.all()] == [
        ("C1", date(2026, 11, 24))
    ]
    course = school.maths_4tta.course
    assert not queries.competences_of(course, date(2026, 11, 24))
    assert [competence.code for competence in queries.competences_of(course, date(2026, 11, 23))] == ["C1"]


def test_codes_may_be_swapped_and_never_stand_twice(school, two):
    swapped = [
        {"pk": two[0].pk, "code": "C2", "name": "Calculer"},
        {"pk": two[1].pk, "code": "C1", "name": "Expliquer"},
    ]
    actions.keep_competences(
        subject=two[0].subject, lines=swapped, on=date(2026, 11, 24), by=school.pirard, at=TUESDAY
    )
    assert {competence.name: competence.code for competence in Competence.objects.all()} == {
        "Calculer": "C2",
        "Expliquer": "C1",
    }
    with pytest.raises(actions.CodeTaken, match="Two competences have the code “c2”"):
        actions.keep_competences(
            subject=two[0].subject,
            lines=[*swapped, {"code": "c2", "name": "Encore"}],
            on=date(2026, 11, 24),
            by=school.pirard,
            at=TUESDAY,
        )


def test_the_coordinator_keeps_competences_on_a_page(school, two, tap, visit):
    subject = two[0].subject
    form = {
        "form-TOTAL_FORMS": 3,
        "form-INITIAL_FORMS": 2,
        "form-0-pk": two[0].pk,
        "form-0-code": "C1",
        "form-0-name": "Calculer juste",
        "form-0-ORDER": 2,
        "form-1-pk": two[1].pk,
        "form-1-code": "C2",
        "form-1-name": "Expliquer",
        "form-1-ORDER": 1,
        "form-2-code": "C3",
        "form-2-name": "<script>alert(1)</script>",
        "form-2-course": school.maths_4tta.course_id,
    }

    assert tap("gradebook:competences", form, as_=school.pirard, subject_id=subject.pk).status_code == 302
    assert [competence.code for competence in queries.open_competences(subject)] == ["C2", "C1", "C3"]
    page = visit("gradebook:competences", subject_id=subject.pk)
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text
    form["form-2-code"] = "C1"
    refused = tap("gradebook:competences", form, subject_id=subject.pk)
    assert refused.status_code == 422
    assert "“C1” stands twice." in refused.text


def test_a_competence_that_does_not_come_back_ends_nowhere(school, two, tap):
    """Somebody else added one meanwhile, or the page came back cut: nothing ends because of it."""
    subject = school.maths_4tta.course.subject
    table = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "2"}
    first = {"form-0-pk": str(two[0].pk), "form-0-code": "C9", "form-0-name": "Calculer"}
    foreign = {"form-1-pk": "999", "form-1-code": "C8", "form-1-name": "Modéliser"}

    for form in ({}, table | first, table | first | foreign | {"form-TOTAL_FORMS": "2"}):
        refused = tap("gradebook:competences", form, as_=school.pirard, subject_id=subject.pk)
        assert refused.status_code == 422
        assert "These lines have changed meanwhile." in refused.text

    assert [competence.code for competence in queries.open_competences(subject)] == ["C1", "C2"]


def test_a_competence_of_one_course_is_not_offered_in_another(school, two):
    Competence.objects.filter(code="C2").update(course=school.maths_4tta.course)
    other = Course.objects.create(
        subject=two[0].subject,
        year_level=school.class_5ttb.year_level,
        weekly_periods=4,
        code="5:MATH4",
        name="Math 5",
        status=school.common_course,
    )

    assert [competence.code for competence in queries.competences_of(other, date(2026, 11, 24))] == ["C1"]
    assert len(queries.competences_of(school.maths_4tta.course, date(2026, 11, 24))) == 2


# ---- What it comes to ----


@pytest.fixture
def autumn(school, two):
    """Noor in C1: NA, then A, then EVA; in the first period EVA. The last test is not published."""
    by = school.vandamme
    days = ((date(2026, 11, 3), "NA"), (date(2026, 11, 10), "A"), (date(2026, 11, 20), "EVA"))
    for day, code in days:
        test = assessment(school.maths_4tta, school.december, by=by, title=f"{day}", held_on=day)
        (part,) = look_at(test, (two[0], acquisition()), by=by)
        reach(part, school.noor, code, by=by)
        if code != "EVA":
            actions.publish_grades(assessment=test, by=by, at=TUESDAY)
    first = assessment(school.maths_4tta, school.first_period, by=by, held_on=date(2026, 9, 15))
    (part,) = look_at(first, (two[0], 20), by=by)
    reach(part, school.noor, "13", by=by)
    actions.publish_grades(assessment=first, by=by, at=TUESDAY)


def rule(school, method, **least):
    return actions.keep_competence_rule(
        scheme=Scheme.objects.get(),
        scale_id=acquisition().pk,
        method=method,
        thresholds={level(code).pk: Decimal(share) for code, share in least.items()},
        by=school.pirard,
        at=TUESDAY,
    )


@pytest.mark.parametrize(
    ("method", "least", "seen_by_teacher"),
    [
        ("MODE", {}, "A"),
        ("LAST", {}, "EVA"),
        ("BEST", {}, "A"),
        ("MEAN", {}, "EVA"),
        ("THRESHOLDS", {"A": 60, "EVA": 50}, "EVA"),
    ],
)
def test_the_scheme_says_how_a_level_is_made(school, autumn, method, least, seen_by_teacher):
    rule(school, method, **least)

    page = queries.heat_map(school.maths_4tta, school.december)
    cells = {row.pupil: row.cells[0] for row in page.rows}
    assert cells[school.noor].level.code == seen_by_teacher
    assert cells[school.emma].level is None


def test_families_read_levels_made_of_published_evaluations_alone_and_their_own_past(school, autumn, visit):
    rule(school, "LAST")

    ((reading,),) = queries.readable_competences(school.noor, school.december, school.samira).values()

    assert reading.level.code == "A"  # the EVA is not published
    assert reading.words == "2 evaluations: 1 × acquis, 1 × non acquis. Shown: the latest level."
    assert [(period.code, level.code) for period, level in reading.past] == [("P1", "EVA")]  # 13/20
    page = visit("gradebook:results", as_=school.samira, pupil_id=school.noor.pk)
    assert "Calculer" in page.text
    assert "Première période: en voie d&#x27;acquisition" in page.text
    assert not queries.readable_competences(school.noor, school.december, school.emma)


def test_a_test_that_counts_nowhere_makes_no_level(school, autumn):
    for test in school.maths_4tta.assessments.filter(period=school.december):
        actions.neutralise(assessment=test, by=school.vandamme, at=TUESDAY)

    assert not queries.heat_map(school.maths_4tta, school.december).competences


def test_the_head_chooses_the_method_and_a_scheme_that_follows_keeps_it(
    school, autumn, tap, visit, django_capture_on_commit_callbacks
):
    scheme = Scheme.objects.get()
    form = {"scale": acquisition().pk, "method": "THRESHOLDS", f"least-{level('A').pk}": "60"}

    assert tap("gradebook:competence_rule", form, as_=school.pirard, scheme_id=scheme.pk).status_code == 302
    kept = CompetenceRule.objects.get()
    assert [(threshold.level.code, threshold.at_least) for threshold in kept.thresholds.all()] == [("A", 60)]
    assert 'value="60"' in visit("gradebook:competence_rule", scheme_id=scheme.pk).text

    with django_capture_on_commit_callbacks(execute=True):
        later = keep_scheme(
            scheme=scheme,
            facts={"name": "Règlement"},
            categories={},
            tokens={},
            starts_on=date(2026, 10, 17),
            by=school.pirard,
            at=TUESDAY,
        )
    assert later.pk != scheme.pk
    assert later.competence_rule.method == "THRESHOLDS"
    assert later.competence_rule.thresholds.count() == 1


def test_the_heat_map_says_its_levels_in_letters(school, autumn, visit):
    page = visit(
        "gradebook:heat", as_=school.vandamme, group_id=school.maths_4tta.pk, period_id=school.december.pk
    )

    assert '<td class="heat-3"' in page.text
    assert "3 evaluations: 1 × A, 1 × EVA, 1 × NA." in page.text

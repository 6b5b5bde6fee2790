"""A rubric says what is looked at; filling it in gives the grade, and the pupil reads why."""

from decimal import Decimal

import pytest

from preau.gradebook import actions, queries
from preau.gradebook.models import Grade, Rubric, RubricFilling
from tests.drawn import in_one_line

from .builders import TUESDAY, assessment
from .parts import rubric


@pytest.fixture
def talk(school):
    """An oral graded with a rubric out of 10."""
    test = assessment(school.maths_4tta, school.december, by=school.vandamme, title="Exposé")
    known = rubric(by=school.vandamme)
    actions.attach_rubric(assessment=test, rubric=known, by=school.vandamme, at=TUESDAY)
    return test


def choices(test, *places):
    """Return the descriptors at these places, criterion by criterion."""
    table = queries.rubric_table(queries.rubric_of(test))
    return {line.criterion.pk: line.cells[place] for line, place in zip(table.lines, places, strict=False)}


def fill(test, pupil, *places, by, version=0):
    return actions.fill_rubric(
        assessment=test, pupil=pupil, chosen=choices(test, *places), version=version, by=by, at=TUESDAY
    )


def test_the_grade_is_the_sum_of_the_levels_chosen(school, talk):
    assert talk.max_points == 10

    fill(talk, school.noor, 1, by=school.vandamme)
    assert not Grade.objects.exists()
    fill(talk, school.noor, 1, 0, by=school.vandamme, version=1)
    assert Grade.objects.get().points == 4
    fill(talk, school.noor, 1, 1, by=school.vandamme, version=2)

    assert Grade.objects.get().points == 10
    past = RubricFilling.objects.get().past.all()
    assert [it.said for it in past] == [
        [["Voix", "bien", "4"], ["Plan", "insuffisant", "0"]],
        [["Voix", "bien", "4"]],
    ]


def test_the_second_of_two_who_fill_it_in_is_told(school, talk):
    fill(talk, school.noor, 1, 1, by=school.vandamme)
    assert fill(talk, school.noor, 1, 1, by=school.vandamme).version == 1  # the same twice is once

    with pytest.raises(
        actions.RubricChangedMeanwhile, match="Claire Vandamme filled this rubric in meanwhile"
    ):
        fill(talk, school.noor, 0, 0, by=school.thys)
    with pytest.raises(actions.NotInGroup):
        fill(talk, school.alma, 0, 0, by=school.vandamme)


def test_a_rubric_somebody_was_graded_with_stays_and_is_copied(school, talk, tap):
    fill(talk, school.noor, 1, 1, by=school.vandamme)
    known = Rubric.objects.get()

    with pytest.raises(actions.RubricFilled, match="Copy it"):
        actions.keep_rubric(
            rubric=known,
            title="Autre",
            levels=["x"],
            criteria=[actions.AskedCriterion("y", [("", Decimal(1))])],
            by=school.vandamme,
            at=TUESDAY,
        )
    with pytest.raises(actions.RubricFilled):
        actions.attach_rubric(assessment=talk, rubric=None, by=school.vandamme, at=TUESDAY)
    assert school.physics_5ttb
    assert tap("gradebook:rubric_copy", as_=school.thys, rubric_id=known.pk).status_code == 302
    copy = Rubric.objects.exclude(pk=known.pk).get()
    assert copy.made_by == school.thys
    assert queries.rubric_table(copy).out_of == 10


def test_a_rubric_is_made_on_a_page(school, talk, tap, visit):
    form = {
        "title": "Rapport de labo",
        "level-0": "faible",
        "level-2": "fort",
        "criterion-0": "Mesures <img src=x onerror=alert(1)>",
        "points-0-0": "0",
        "points-0-2": "2,5",
        "text-0-2": "précises",
    }

    assert tap("gradebook:new_rubric", form, as_=school.vandamme).status_code == 302
    made = Rubric.objects.get(title="Rapport de labo")
    table = queries.rubric_table(made)
    assert [level.label for level in table.levels] == ["faible", "fort"]
    assert [cell.points for cell in table.lines[0].cells] == [0, Decimal("2.5")]
    page = visit("gradebook:rubric", rubric_id=made.pk)
    assert "<img src=x" not in page.text
    refused = tap("gradebook:new_rubric", {**form, "points-0-2": "", "criterion-0": "", "level-2": ""})
    assert refused.status_code == 422
    for words in ("Say what this line looks at.", "How many points?", "Name this level."):
        assert words in refused.text
    assert "has at least one level" in tap("gradebook:new_rubric", {"title": "Vide"}).text


def test_a_change_before_anybody_is_graded_moves_the_maximum(school, talk):
    actions.keep_rubric(
        rubric=Rubric.objects.get(),
        title="Exposé",
        levels=["non", "oui"],
        criteria=[actions.AskedCriterion("Voix", [("", Decimal(0)), ("", Decimal(20))])],
        by=school.vandamme,
        at=TUESDAY,
    )
    talk.refresh_from_db()
    assert talk.max_points == 20


def test_filling_in_goes_from_pupil_to_pupil(school, talk, tap, visit):
    page = visit("gradebook:fill", as_=school.vandamme, assessment_id=talk.pk, pupil_id=school.emma.pk)
    assert "annoncé et suivi" in page.text
    chosen = {f"criterion-{key}": choice.pk for key, choice in choices(talk, 1, 1).items()}

    answer = tap(
        "gradebook:fill",
        {**chosen, "version": "0", "next": "1"},
        assessment_id=talk.pk,
        pupil_id=school.emma.pk,
    )

    assert answer.headers["Location"].endswith(f"/pupils/{school.noor.pk}/rubric/")
    assert "10" in visit("gradebook:fillings", assessment_id=talk.pk).text


def test_the_second_of_two_on_the_page_keeps_what_was_chosen(school, talk, tap):
    fill(talk, school.noor, 1, 1, by=school.vandamme)
    low = {f"criterion-{key}": choice.pk for key, choice in choices(talk, 0, 0).items()}
    noor = {"assessment_id": talk.pk, "pupil_id": school.noor.pk}

    refused = tap("gradebook:fill", {**low, "version": "0"}, as_=school.vandamme, **noor)

    assert refused.status_code == 422
    assert "Claire Vandamme filled this rubric in meanwhile: Voix: bien; Plan: bien." in refused.text
    drawn = in_one_line(refused.text)
    assert all(f'value="{key}" checked' in drawn for key in low.values())
    assert 'name="version" value="1"' in refused.text
    tap("gradebook:fill", {**low, "version": "1"}, **noor)
    assert Grade.objects.get().points == 1


def test_a_level_that_is_none_of_the_rubric_chooses_nothing(school, talk, tap):
    elsewhere = rubric(by=school.thys)
    foreign = queries.rubric_table(elsewhere).lines[0].cells[0].pk
    (first, _second) = choices(talk, 0, 0)
    noor = {"assessment_id": talk.pk, "pupil_id": school.noor.pk}

    for chosen in (foreign, "x", "9" * 40):
        form = {f"criterion-{first}": chosen, "version": "0"}
        assert tap("gradebook:fill", form, as_=school.vandamme, **noor).status_code == 422
    assert tap("gradebook:fill", {f"criterion-{first}": "", "version": ""}, **noor).status_code == 422
    assert not RubricFilling.objects.exists()


def test_the_pupil_reads_it_once_published(school, talk, visit):
    filling = fill(talk, school.noor, 1, 0, by=school.vandamme)
    assert visit("gradebook:filling", as_=school.noor, filling_id=filling.pk).status_code == 404

    actions.publish_grades(assessment=talk, by=school.vandamme, at=TUESDAY)

    page = visit("gradebook:filling", as_=school.samira, filling_id=filling.pk)
    assert "claire" in page.text
    assert "annoncé et suivi" not in page.text
    results = visit("gradebook:results", pupil_id=school.noor.pk)
    assert f"/fillings/{filling.pk}/" in results.text
    assert visit("gradebook:filling", as_=school.ines, filling_id=filling.pk).status_code == 404


def test_an_assessment_lets_its_rubric_go(school, talk, tap):
    for unknown in ("x", "999", "9" * 40):
        refused = tap(
            "gradebook:rubric_attachment", {"rubric": unknown}, as_=school.vandamme, assessment_id=talk.pk
        )
        assert refused.status_code == 422
        assert queries.rubric_of(talk).title == "Exposé oral"
    answer = tap("gradebook:rubric_attachment", {"rubric": ""}, as_=school.vandamme, assessment_id=talk.pk)
    talk.refresh_from_db()

    assert answer.status_code == 302
    assert (talk.composition, queries.rubric_of(talk)) == ("", None)
    assert tap("gradebook:fillings", assessment_id=talk.pk).status_code == 405

"""Scales of words: an assessment graded in levels, shown in the sheet and to families."""

from decimal import Decimal

import pytest

from preau.gradebook import actions, queries
from preau.gradebook.models import Grade
from preau.gradebook.typed import NotALevel, read_cell
from preau.grading.actions import LevelInUse, ScaleInUse, keep_scale, remove_scale
from preau.grading.models import Level, Scale
from preau.grading.queries import levels_by_code, levels_of, scales, tokens_by_sign

from .builders import TUESDAY, assessment
from .builders import grade as in_points
from .parts import acquisition


def levels(*lines):
    names = ("code", "label", "share")
    return [dict(zip(names, line, strict=False)) for line in lines]


@pytest.fixture
def faces(school):
    """A scale whose levels are worth something."""
    return keep_scale(
        scale=None,
        name="Visages",
        levels=levels(
            ("OK", "réussi", Decimal(100)), ("MOY", "moyen", Decimal(50)), ("KO", "raté", Decimal(0))
        ),
        by=school.pirard,
        at=TUESDAY,
    )


def give(test, pupil, typed, *, by, version=0):
    read = read_cell(typed, tokens_by_sign(), levels_by_code(test.scale_id))
    return actions.write_grade(assessment=test, pupil=pupil, typed=read, version=version, by=by, at=TUESDAY)


def on(scale, school, **facts):
    return assessment(school.maths_4tta, school.december, by=school.vandamme, scale=scale, **facts)


def test_a_school_begins_with_the_scales_of_its_region(school):
    assert [level.code for level in levels_of(acquisition().pk)] == ["A", "EVA", "NA", "NE"]
    assert [scale.name for scale in scales()] == ["Acquisition", "Appréciation"]
    assert not Level.objects.get(code="NE").is_rated


@pytest.mark.parametrize(
    ("share", "out_of", "points"),
    [("62.5", "5", "3.13"), ("47.5", "15", "7.13"), ("49.5", "7", "3.47"), ("50", "20", "10")],
)
def test_what_a_level_is_worth_is_rounded_half_up(share, out_of, points):
    assert Level(share=Decimal(share)).points_of(Decimal(out_of)) == Decimal(points)


def test_levels_without_a_share_are_shown_and_enter_no_average(school):
    test = on(acquisition(), school)
    by = school.vandamme
    in_points(assessment(school.maths_4tta, school.december, by=by), school.noor, "12", by=by)

    give(test, school.noor, "eva", by=by)

    page = queries.sheet(school.maths_4tta, school.december)
    row = next(row for row in page.rows if row.pupil == school.noor)
    assert [cell.text for cell in row.cells] == ["EVA", "12"]
    assert row.result.computed == 60
    assert page.columns[0].missing == 1  # Emma's


def test_levels_with_a_share_count_as_that_part_of_the_maximum(school, faces):
    test = on(faces, school, out_of=30)
    give(test, school.noor, "MOY", by=school.vandamme)

    assert Grade.objects.get().points == 15
    assert queries.period_results(school.december)[school.noor.pk, school.maths_4tta.course_id].computed == 50
    actions.change_assessment(assessment=test, max_points=Decimal(10), by=school.vandamme, at=TUESDAY)
    assert Grade.objects.get().points == 5


def test_a_letter_is_a_level_before_it_is_a_token_and_points_are_refused(school):
    test = on(acquisition(), school)

    assert give(test, school.noor, "A", by=school.vandamme).level.code == "A"  # elsewhere: absent
    assert give(test, school.emma, "cm", by=school.vandamme).token.code == "CM"
    with pytest.raises(NotALevel, match="“12” is not on the scale"):
        give(test, school.noor, "12", by=school.vandamme, version=1)
    with pytest.raises(NotALevel):
        in_points(test, school.noor, "12", by=school.vandamme, version=1)


def test_a_level_has_its_history_and_is_restored(school):
    test = on(acquisition(), school)
    give(test, school.noor, "NA", by=school.vandamme)
    grade = give(test, school.noor, "EVA", by=school.vandamme, version=1)
    assert [past.level.code for past in grade.past.all()] == ["NA"]

    restored = actions.restore_grade(grade=grade, version=1, by=school.vandamme, at=TUESDAY)

    assert restored.level.code == "NA"
    remarked = actions.write_remark(
        assessment=test, pupil=school.noor, remark="Courage", by=school.vandamme, at=TUESDAY
    )
    assert (remarked.level.code, remarked.remark) == ("NA", "Courage")


def test_the_grid_answers_with_the_code(school):
    test = on(acquisition(), school)
    cells = [actions.AskedCell(test.pk, school.noor.pk, 0, "eva")]
    write = {"group": school.maths_4tta, "period": school.december, "by": school.vandamme, "at": TUESDAY}

    (answer,) = actions.write_cells(asked=cells, **write)
    report = actions.write_sheet(asked=[actions.AskedCell(test.pk, school.noor.pk, 1, "EVA")], **write)

    assert (answer["state"], answer["cell"].text, answer["cell"].level) == ("saved", "EVA", "EVA")
    assert report.written == 0


def test_families_read_what_the_level_means(school, visit):
    test = on(acquisition(), school)
    give(test, school.noor, "EVA", by=school.vandamme)
    actions.publish_grades(assessment=test, by=school.vandamme, at=TUESDAY)

    page = visit("gradebook:results", as_=school.noor, pupil_id=school.noor.pk)

    assert "EVA" not in page.text
    assert "en voie d&#x27;acquisition" in page.text


def test_the_scale_of_an_assessment_with_grades_stays(school, faces):
    test = on(acquisition(), school)
    give(test, school.noor, "EVA", by=school.vandamme)

    with pytest.raises(actions.OtherGradesThere):
        actions.change_assessment(assessment=test, scale=faces, by=school.vandamme, at=TUESDAY)
    with pytest.raises(actions.HasGrades):
        actions.remove_assessment(assessment=test, by=school.vandamme, at=TUESDAY)


def test_a_level_in_use_keeps_what_it_is_worth_and_stays(school, faces):
    give(on(faces, school), school.noor, "MOY", by=school.vandamme)
    keep = {"scale": faces, "name": "Visages", "by": school.pirard, "at": TUESDAY}
    known = {level.code: level.pk for level in faces.levels.all()}
    ok = {"pk": known["OK"], "code": "OK", "label": "réussi", "share": Decimal(100)}
    middling = {"pk": known["MOY"], "code": "MOY", "label": "moyen", "share": Decimal(50)}

    with pytest.raises(LevelInUse, match="“MOY” stands in grades"):
        keep_scale(levels=[ok], **keep)
    with pytest.raises(LevelInUse):
        keep_scale(levels=[ok, {**middling, "share": Decimal(60)}], **keep)
    with pytest.raises(ScaleInUse):
        remove_scale(scale=faces, by=school.pirard, at=TUESDAY)
    assert faces.levels.count() == 3

    keep_scale(levels=[{**middling, "code": "OK", "label": "presque"}, {**ok, "code": "MOY"}], **keep)
    assert [(level.code, level.share) for level in faces.levels.all()] == [("OK", 50), ("MOY", 100)]


def test_the_head_makes_a_scale_on_a_page(school, tap, visit):
    form = {
        "name": "Attitudes",
        "form-TOTAL_FORMS": 3,
        "form-INITIAL_FORMS": 0,
        "form-0-code": "N",
        "form-0-label": "à améliorer",
        "form-0-ORDER": 2,
        "form-0-is_rated": "on",
        "form-1-code": "A",
        "form-1-label": "<b>acquis</b>",
        "form-1-ORDER": 1,
        "form-1-icon": "star",
        "form-1-share": "87,5",
    }

    assert tap("gradebook:new_scale", form, as_=school.pirard).status_code == 302
    made = Scale.objects.get(name="Attitudes")
    assert [(level.code, level.share, level.icon) for level in made.levels.all()] == [
        ("A", Decimal("87.5"), "star"),
        ("N", None, ""),
    ]
    page = visit("gradebook:scales")
    assert "&lt;b&gt;acquis" in page.text
    assert tap("gradebook:new_scale", form).status_code == 422  # of that name already
    assert tap("gradebook:new_scale", {**form, "name": "Autre", "form-0-label": ""}).status_code == 422
    assert visit("gradebook:scale", scale_id=made.pk).status_code == 200
    question = tap("gradebook:scale_removal", scale_id=made.pk)
    assert "It is refused once something is graded on it." in question.text
    assert tap("gradebook:scale_removal", {"confirmed": "yes"}, scale_id=made.pk).status_code == 302
    assert not Scale.objects.filter(name="Attitudes").exists()
    assert tap("gradebook:new_scale", form, as_=school.vandamme).status_code == 404


def test_the_sheet_offers_words_where_words_are_typed(school, visit):
    test = on(acquisition(), school)

    sheet = visit(
        "gradebook:sheet", as_=school.vandamme, group_id=school.maths_4tta.pk, period_id=school.december.pk
    )
    column = visit("gradebook:assessment", assessment_id=test.pk)

    assert 'value="" data-levels>' in sheet.text
    assert 'data-token="EVA"' in column.text

"""A teacher brings a spreadsheet to her sheet: it is looked at, then put in whole, or not at all."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest

from preau.gradebook import actions, queries
from preau.gradebook.models import Assessment, Comment, Grade, PastGrade
from preau.gradebook.tests.builders import TUESDAY, assessment, grade
from preau.grading.models import Level, Scale
from preau.kit.tables import write_ods
from preau.sheets.exports import sheet_columns, sheet_rows
from preau.sheets.models import SheetFile
from preau.sheets.tests.builders import form_of, grades_of
from preau.trail.models import Trace


def test_a_spreadsheet_of_ones_own_becomes_assessments_and_grades(school, bring, put_in):
    page = bring(
        "cotes.csv",
        "Élève;Interro 1 (sur 10);Examen de Noël /100;Total\n"
        "Haddad Noor;7,5;CM;7,5\nEmma CLAES;9;61,5;70,5\n",
    )

    assert "2 assessments are added." in page.text
    assert not Assessment.objects.exists()
    answer = put_in(page)

    assert answer.status_code == 302
    assert grades_of(school.noor) == {"Interro 1": Decimal("7.5"), "Examen de Noël": "CM"}
    assert grades_of(school.emma) == {"Interro 1": 9, "Examen de Noël": Decimal("61.5")}
    exam = Assessment.objects.get(title="Examen de Noël")
    assert (exam.max_points, exam.category.code) == (100, "EXAMEN")
    assert not SheetFile.objects.exists()
    assert Trace.objects.get(act="sheets.put_file_in").by == school.vandamme


def test_grades_that_change_are_shown_old_and_new_before_and_their_past_is_kept(school, bring, put_in, roots):
    grade(roots, school.noor, "12", by=school.vandamme)
    grade(roots, school.emma, "8", by=school.vandamme)

    page = bring("cotes.csv", "Nom;Radicaux /20\nHaddad Noor;14\nClaes Emma;8\n")

    (change,) = page.context["found"].changes
    assert (change.pupil, change.old, change.new) == (school.noor, "12", "14")
    assert "<s>12</s>" in page.text
    assert "1 grade stands already." in page.text
    put_in(page)
    assert grades_of(school.noor) == {"Radicaux": 14}
    assert PastGrade.objects.get().points == 12


def test_an_empty_cell_leaves_what_is_there_unless_the_teacher_wants_otherwise(
    school, bring, look, put_in, roots
):
    grade(roots, school.noor, "12", by=school.vandamme)
    page = bring("cotes.csv", "Nom;Radicaux\nHaddad Noor;\nClaes Emma;9\n")
    assert [it.pupil for it in page.context["found"].changes] == [school.emma]

    page = look(page, empties="on")

    assert {it.pupil: it.new for it in page.context["found"].changes} == {school.emma: "9", school.noor: ""}
    put_in(page, empties="on")
    assert grades_of(school.noor) == {"Radicaux": None}
    assert PastGrade.objects.get().points == 12


def test_what_is_wrong_is_told_with_line_column_and_remedy_and_nothing_is_written(
    school, bring, look, put_in, roots
):
    page = bring("cotes.csv", "Titre\n\nNom;Radicaux\nHaddad Noor;vingt\nClaes Emma;21\n")

    wrong, too_many = page.context["found"].problems
    assert (wrong.line, wrong.column, wrong.wrong) == (4, "Radicaux", "“vingt” is no grade.")
    assert too_many.line == 5
    assert "Correct the points, or the maximum of the assessment." in page.text
    put_in(page)
    assert not Grade.objects.exists()

    page = look(page, skips_wrong="on")
    assert page.context["found"].hindrances == []


def test_comments_come_too(school, bring, put_in):
    actions.write_comment(
        group=school.maths_4tta, period=school.december, pupil=school.noor, text="Bien",
        by=school.vandamme, at=TUESDAY,
    )  # fmt: skip
    page = bring("cotes.csv", "Nom;Commentaire\nHaddad Noor;Très bien\nClaes Emma;À suivre\n")

    assert "<s>Bien</s>" in page.text
    put_in(page)

    texts = dict(Comment.objects.values_list("pupil__given_name", "text"))
    assert texts == {"Noor": "Très bien", "Emma": "À suivre"}


def test_what_changed_since_one_looked_is_shown_again_first(school, bring, put_in, roots):
    page = bring("cotes.csv", "Nom;Radicaux\nHaddad Noor;14\n")
    grade(roots, school.noor, "12", by=school.vandamme)

    answer = put_in(page)

    assert answer.status_code == 422
    assert "not what you saw" in answer.text
    assert answer.context["found"].changes[0].old == "12"
    assert grades_of(school.noor) == {"Radicaux": 12}


def test_a_choice_that_nobody_looked_at_is_not_put_in(school, bring, put_in, roots):
    page = bring("cotes.csv", "Nom;A\nHaddad Noor;14\n")

    answer = put_in(page, **{"col-1": f"a{roots.pk}", "once": "a_form_of_12"})

    assert "not what you saw" in answer.text
    assert not Grade.objects.exists()
    assert SheetFile.objects.get().choices["columns"]["1"]["what"] == f"a{roots.pk}"


@pytest.mark.parametrize("odd", [{"col-1": "grades"}, {"col-1": "a"}, {"row-2": "Noor"}, {"row-2": "9" * 40}])
def test_a_choice_that_is_none_is_never_taken_for_left_out(school, bring, tap, roots, odd):
    page = bring("cotes.csv", "Nom;Radicaux\nHaddad Noor;14\n")
    kept = SheetFile.objects.get()

    answer = tap("sheets:file", {**form_of(page), **odd}, as_=school.vandamme, file_id=kept.pk)

    assert answer.status_code == 422
    assert "These choices are not understood." in answer.text
    assert SheetFile.objects.get().choices == kept.choices


def test_put_in_twice_is_put_in_once(school, bring, tap, roots):
    page = bring("cotes.csv", "Nom;Radicaux\nHaddad Noor;14\n")
    file = SheetFile.objects.get()
    form = form_of(page, once="a_form_of_12")

    answers = [
        tap("sheets:file_application", form, as_=school.vandamme, htmx=False, file_id=file.pk)
        for _time in range(2)
    ]

    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, f"/gradebooks/{school.maths_4tta.pk}/periods/{school.december.pk}/")
    ] * 2
    assert grades_of(school.noor) == {"Radicaux": 14}
    assert Trace.objects.filter(act="sheets.put_file_in").count() == 1


def test_a_closed_gradebook_refuses(school, bring, put_in, visit, where, roots):
    page = bring("cotes.csv", "Nom;Radicaux\nHaddad Noor;14\n")
    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=school.vandamme, at=TUESDAY)

    put_in(page)
    bring("cotes.csv", "Nom;Radicaux\nHaddad Noor;14\n")

    assert not Grade.objects.exists()
    assert "closed for the period" in visit("sheets:new_file", as_=school.vandamme, **where).text


def test_a_file_given_up_leaves_nothing(school, bring, tap, settings):
    bring("cotes.csv", "Nom;Test /20\nHaddad Noor;14\n")
    file = SheetFile.objects.get()

    tap("sheets:file_withdrawal", as_=school.vandamme, file_id=file.pk)

    assert not SheetFile.objects.exists()
    assert not Grade.objects.exists()


def test_the_latest_file_takes_the_place_of_the_one_before(school, bring):
    bring("one.csv", "Nom;Test /20\nHaddad Noor;14\n")
    bring("two.csv", "Nom;Test /20\nHaddad Noor;14\n")

    assert SheetFile.objects.get().name == "two.csv"


def test_others_do_not_reach_the_file(school, bring, visit, tap, where):
    assert school.everybody
    bring("cotes.csv", "Nom;Test /20\nHaddad Noor;14\n")
    file = SheetFile.objects.get()

    for who in ("thys", "pirard", "maes", "noor", "samira", "zoe"):
        person = school.everybody[who]
        assert visit("sheets:file", as_=person, file_id=file.pk).status_code == 404
        assert tap("sheets:file_application", {}, as_=person, file_id=file.pk).status_code == 404
        assert visit("sheets:new_file", as_=person, **where).status_code == 404


def test_levels_come_and_go_as_people_write_them(school, bring, put_in):
    scale = Scale.objects.create(name="Trois mots")
    for rank, code in enumerate(("NA", "EVA", "A")):
        Level.objects.create(scale=scale, code=code, label=code, rank=rank, share=rank * 50)
    assessment(school.maths_4tta, school.december, by=school.vandamme, title="Oral", scale=scale)

    page = bring("cotes.csv", "Nom;Oral /20\nHaddad Noor;eva\nClaes Emma;12\n")

    found = page.context["found"]
    assert [(it.pupil, it.new) for it in found.changes] == [(school.noor, "EVA")]
    assert [it.wrong for it in found.problems] == ["“12” is not on the scale."]
    page = bring("cotes.csv", "Nom;Oral /20\nHaddad Noor;eva\nClaes Emma;CM\n")
    put_in(page)
    assert Grade.objects.get(pupil=school.noor).level.code == "EVA"

    content = io.BytesIO()
    sheet = queries.sheet(school.maths_4tta, school.december)
    write_ods(content, sheet_columns(sheet), sheet_rows(sheet))
    assert bring("sheet.ods", content.getvalue()).context["found"].changes == []


def test_sums_of_parts_come_back_and_are_not_overwritten(school, bring, roots):
    grade(roots, school.noor, "12", by=school.vandamme)
    Assessment.objects.filter(pk=roots.pk).update(composition="COMPETENCES")

    page = bring("cotes.csv", "Nom;Radicaux /20\nHaddad Noor;12\nClaes Emma;9\n")

    found = page.context["found"]
    assert (found.unchanged, found.changes) == (1, [])
    assert [it.wrong for it in found.problems] == [
        "The grades of this assessment are the sum of their parts."
    ]


def test_a_file_left_lying_for_a_month_is_forgotten(school, bring, where):
    bring("one.csv", "Nom;Test /20\nHaddad Noor;14\n")
    SheetFile.objects.update(period=school.first_period, at=TUESDAY - timedelta(days=31))

    bring("two.csv", "Nom;Test /20\nHaddad Noor;14\n")

    assert SheetFile.objects.get().name == "two.csv"

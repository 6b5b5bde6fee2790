"""The secretary imports on the screen: a file, its columns, its report, applied or given up."""

import io
from pathlib import Path

import pytest
from django.test import override_settings

from preau.exchange.models import ImportRun, Mapping
from preau.kit.tables import read_table, write_xlsx
from preau.structure.models import Enrolment
from tests.imports import SCHOOL, bring, bring_school, columns_form

WIDE = "Naam leerling;Voornaam;Klas;Fractions;Équations\nHaddad;Noor;4TTA;8;12\nClaes;Emma;4TTA;CM;15,5\n"


def test_from_a_file_to_pupils_in_their_class(school, visit, tap, bring_file):
    assert "No file has come in yet" in visit("exchange:imports", as_=school.maes).text
    answer = bring_file(SCHOOL)
    run = ImportRun.objects.get()
    assert answer.headers["Location"].endswith(f"/imports/{run.pk}/columns/")

    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    assert 'value="external_id" selected' in page.text
    tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)
    report = visit("exchange:run", as_=school.maes, run_id=run.pk)
    assert "4 lines bring something new." in report.text
    assert not Enrolment.objects.exists()

    kept = Path(ImportRun.objects.get().file.path)
    assert kept.exists()
    tap("exchange:application", {"gone": "leave"}, as_=school.maes, htmx=False, run_id=run.pk)

    run.refresh_from_db()
    assert (run.stage, run.applied, run.file.name) == (ImportRun.Stage.APPLIED, True, "")
    assert not kept.exists()
    assert Enrolment.objects.count() == 4
    assert "This file was written" in visit("exchange:run", as_=school.maes, run_id=run.pk).text
    assert "pupils.csv" in visit("exchange:imports", as_=school.maes).text


def test_columns_matched_once_are_matched_the_next_time(school, visit, tap, bring_file):
    renamed = "Code interne;Patronyme;Petit nom;Groupe d'appartenance\n1;Haddad;Noor;4A\n"
    bring_file(renamed)
    run = ImportRun.objects.get()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    refused = tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)
    assert refused.status_code == 422
    assert "Choose the column that holds: family name" in refused.text

    chosen = {"is-0": "external_id", "is-1": "family_name", "is-2": "given_name", "is-3": "class_name"}
    tap("exchange:columns", columns_form(page, **chosen), as_=school.maes, htmx=False, run_id=run.pk)
    assert Mapping.objects.get().saved_by == school.maes
    bring_file(renamed.replace("Patronyme", "PATRONYME"))

    again = visit("exchange:columns", as_=school.maes, run_id=ImportRun.objects.first().pk)
    assert "its columns are matched as last time" in again.text
    assert [again.context["form"][f"is-{n}"].value() for n in range(4)] == list(chosen.values())


def test_a_report_with_errors_can_be_read_filtered_and_taken_away_but_not_applied(
    school, visit, tap, bring_file
):
    bring_file(SCHOOL.replace("03/05/2011", "some day"))
    run = ImportRun.objects.get()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)

    report = visit("exchange:run", as_=school.maes, run_id=run.pk)
    assert "“some day” is not a date." in report.text
    assert "Write the day like 24/08/2026." in report.text
    assert "Write all of it" not in report.text
    new = visit("exchange:run", as_=school.maes, run_id=run.pk, query={"show": "new", "q": "noor"})
    assert ("Haddad Noor" in new.text, "Berg Alma" in new.text) == (True, False)
    sheet = visit("exchange:report_sheet", as_=school.maes, run_id=run.pk)
    table = read_table(b"".join(sheet.streaming_content))
    assert ("in error", "“some day” is not a date.") in [(row[0], row[5]) for row in table.rows]

    answer = tap("exchange:application", {"gone": "leave"}, as_=school.maes, run_id=run.pk)
    assert answer.status_code == 422
    assert "cannot be applied as it stands" in answer.text
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "kind", "words"),
    [
        (b"", "a.csv", "people", "empty"),
        (b"nom;prenom\n", "a.csv", "people", "holds no rows"),
        (b"%PDF-1.7", "a.csv", "people", "not a table"),
        (b"nom\nBerg\n", "a.zip", "oneroster", "damaged"),
    ],
)
def test_a_file_nobody_can_read_is_refused_on_the_spot(bring_file, content, name, kind, words):
    answer = bring_file(content, name=name, kind=kind)

    assert answer.status_code == 422
    assert words in answer.text
    assert not ImportRun.objects.exists()


def test_script_in_every_cell_is_shown_harmlessly(school, visit, tap, bring_file):
    script = "<script>alert(1)</script>"
    bring_file(f"nom;prenom;{script};mail\n{script};{script};{script};{script}\n", name=f"{script}.csv")
    run = ImportRun.objects.get()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)
    report = visit("exchange:run", as_=school.maes, run_id=run.pk)
    history = visit("exchange:imports", as_=school.maes)

    for shown in (page, report, history):
        assert script not in shown.text
    assert "&lt;script&gt;" in report.text


def test_a_workbook_with_two_sheets_and_titles_lower_down(school, visit, bring_file):
    target = io.BytesIO()
    write_xlsx(target, ["Liste", ""], [["", ""], ["nom", "prenom"], ["Berg", "Alma"]])
    bring_file(target.getvalue(), name="list.xlsx")
    run = ImportRun.objects.get()

    found = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    told = visit("exchange:columns", as_=school.maes, run_id=run.pk, query={"header_line": "1"})

    assert found.context["page"].table.columns == ("nom", "prenom")
    assert told.context["page"].table.columns == ("Liste", "column 2")


def test_grade_columns_of_a_sheet_become_assessments(school, visit, tap, bring_file):
    _ = (school.maths_4tta, school.first_period, school.december)
    bring_file(WIDE, kind="grades", name="math.csv")
    run = ImportRun.objects.get()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    answers = {
        "is-0": "family_name", "is-1": "given_name", "is-2": "class_name", "is-3": "*", "is-4": "*",
        "choice-3": "P1", "choice-4": "P2", "number-3": "10", "number-4": "20",
        "fixed-group_code": "4:MATH4-01",
    }  # fmt: skip
    tap("exchange:columns", columns_form(page, **answers), as_=school.maes, htmx=False, run_id=run.pk)
    tap("exchange:application", {"gone": "leave"}, as_=school.maes, htmx=False, run_id=run.pk)

    grades = school.maths_4tta.assessments.values_list(
        "title", "period__code", "max_points", "grades__points"
    )
    assert set(grades) == {
        ("Fractions", "P1", 10, 8),
        ("Fractions", "P1", 10, None),
        ("Équations", "P2", 20, 12),
        ("Équations", "P2", 20, 15.5),
    }


@override_settings(SECOND_FACTOR_FOR=["SECRETARY"])
def test_who_must_give_a_second_factor_is_asked_for_it_first(school, visit, bring_file):
    assert visit("exchange:imports", as_=school.maes).status_code == 302
    assert bring_file(SCHOOL).status_code == 302
    assert not ImportRun.objects.exists()


def test_what_is_gone_is_shown_with_the_choice_to_end_it(school, tmp_path, visit, tap, bring_file):
    bring_school(tmp_path)
    bring_file("".join(SCHOOL.splitlines(keepends=True)[:4]))
    run = ImportRun.objects.first()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)

    report = visit("exchange:run", as_=school.maes, run_id=run.pk, query={"show": "gone"})
    assert "Berg Alma" in report.text
    assert "1 is no longer in the file." in report.text
    tap("exchange:application", {"gone": "end"}, as_=school.maes, htmx=False, run_id=run.pk)
    run.refresh_from_db()
    assert (run.stage, run.can_be_applied) == (ImportRun.Stage.REFUSED, True)
    assert "This file would end 1 of 4 pupils" in run.words

    tap(
        "exchange:application", {"gone": "end", "ends_many": "on"}, as_=school.maes, htmx=False, run_id=run.pk
    )

    assert Enrolment.objects.filter(pupil__given_name="Alma", ends_on=None).count() == 0


def test_the_pages_cost_few_queries_however_long_the_report(
    school, tmp_path, visit, django_assert_max_num_queries
):
    many = "matricule;nom;prenom;classe\n" + "".join(f"{n};Pupil;Number {n};3A\n" for n in range(200))
    bring(tmp_path, "people", many, by=school.maes)
    run = ImportRun.objects.get()
    visit("exchange:run", as_=school.maes, run_id=run.pk)

    with django_assert_max_num_queries(17):
        page = visit("exchange:run", as_=school.maes, run_id=run.pk)

    assert len(page.context["page"]) == 50
    assert len(page.content) < 100_000


def test_a_sheet_of_grades_says_how_its_columns_are_told(school, visit, tap, bring_file):
    _ = school.first_period
    bring_file("Naam leerling;Toets\nHaddad;80\n", kind="grades", name="math.csv")
    run = ImportRun.objects.get()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)

    answer = tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)

    assert page.context["form"]["number-1"].value() == 100
    assert "Or say of each column of grades that it is “the grades of one assessment”." in answer.text

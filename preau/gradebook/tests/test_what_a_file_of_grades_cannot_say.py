"""What the form of an assessment refuses, a file cannot say either; what it says twice, it says the same."""

import io
from decimal import Decimal

import pytest
import xlsxwriter

from preau.gradebook.cells import Cells
from preau.gradebook.models import Assessment, Grade
from preau.grading.models import Level, Scale
from preau.kit.imports.values import Wrong
from preau.kit.tables import PerhapsPercent
from tests.imports import bring, bring_path, bring_school, errors_of

HEADER = "matricule;coursGrp;période;évaluation;cote;sur;date;poids\n"
EXAM = HEADER + "101;4 TT:MATH4-01;P1;Examen;82;100;;\n103;4 TT:MATH4-01;P1;Examen;41;100;;\n"


def line(points="8", out_of="20", day="", weight="", title="Test", pupil="101"):
    return f"{pupil};4 TT:MATH4-01;P1;{title};{points};{out_of};{day};{weight}\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "column", "wrong"),
    [
        (line(weight="0,335"), "poids", "0,335 has more than two decimals."),
        (line(out_of="20,125"), "sur", "20,125 has more than two decimals."),
        (line(weight="-1"), "poids", "An assessment weighs 0 or more, and 9999,99 at most."),
        (line(day="24/11/2020"), "date", "This day is not in the school year 2026-2027."),
        (line(points="21"), "cote", "21 is more than the 20 points there were."),
        (line(points="7/10"), "cote", "“7/10” is out of 10, the assessment out of 20."),
        (line(points="13,333"), None, None),
    ],
)
def test_what_the_form_refuses_the_file_is_refused(tmp_path, said, column, wrong):
    bring_school(tmp_path)

    trial = bring(tmp_path, "grades", HEADER + said, dry_run=True)
    report = bring(tmp_path, "grades", HEADER + said)

    assert errors_of(trial) == errors_of(report) == ([(2, column, wrong)] if wrong else [])
    assert Assessment.objects.exists() is not bool(wrong)


@pytest.mark.django_db
def test_one_line_does_not_change_what_the_exam_of_the_class_is_out_of(tmp_path):
    bring_school(tmp_path)
    bring(tmp_path, "grades", EXAM)

    report = bring(tmp_path, "grades", HEADER + line(points="15", out_of="20", title="Examen"))

    assert errors_of(report) == [(2, "sur", "“Examen” is out of 100 in the gradebook, not out of 20.")]
    assert Assessment.objects.get().max_points == 100
    assert Grade.objects.get(pupil__given_name="Noor").points == 82


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "column", "wrong"),
    [
        (line(points="A", out_of="", title="Oral"), None, None),
        (
            line(points="A", out_of="10", title="Oral"),
            "sur",
            "“Oral” is out of 20 in the gradebook, not out of 10.",
        ),
        (line(points="12", out_of="", title="Oral"), "cote", "“12” is not on the scale."),
        (line(points="75 %", out_of="", title="Oral"), "cote", "“15” is not on the scale."),
    ],
)  # fmt: skip
def test_a_test_graded_in_levels_takes_levels_and_keeps_its_maximum(tmp_path, said, column, wrong):
    bring_school(tmp_path)
    bring(tmp_path, "grades", HEADER + line(title="Oral", pupil="103") + line(title="Test", pupil="103"))
    scale = Scale.objects.create(name="Deux mots")
    for rank, code in enumerate(("NA", "A")):
        Level.objects.create(scale=scale, code=code, label=code, rank=rank, share=rank * 50)
    Assessment.objects.filter(title="Oral").update(scale=scale)

    report = bring(tmp_path, "grades", HEADER + said)

    assert errors_of(report) == ([(2, column, wrong)] if wrong else [])
    assert Assessment.objects.get(title="Oral").max_points == 20


@pytest.mark.django_db
def test_two_lines_say_the_same_of_their_assessment(tmp_path):
    bring_school(tmp_path)

    report = bring(tmp_path, "grades", HEADER + line(weight="2") + line(weight="3", pupil="103"))

    assert errors_of(report) == [(3, "poids", "Line 2 says 2 of “Test”, this one 3.")]


@pytest.mark.django_db
def test_what_the_points_are_out_of_is_told_by_the_points_too(tmp_path):
    bring_school(tmp_path)

    assert bring(tmp_path, "grades", HEADER + line(points="7/10", out_of="")).applied

    assert Assessment.objects.get().max_points == 10
    assert Grade.objects.get().points == 7


@pytest.mark.django_db
def test_a_percentage_of_a_workbook_is_points(tmp_path):
    bring_school(tmp_path)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    for row, cells in enumerate(text.split(";") for text in (HEADER + line(points="x")).split("\n")[:2]):
        page.write_row(row, 0, cells)
    page.write(1, 4, 0.75, book.add_format({"num_format": "0 %"}))
    book.close()
    path = tmp_path / "cotes.xlsx"
    path.write_bytes(target.getvalue())

    assert bring_path("grades", path).applied
    assert Grade.objects.get().points == Decimal(15)


@pytest.mark.django_db
def test_a_formula_that_failed_is_told_and_is_no_blank(tmp_path):
    bring_school(tmp_path)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    for row, cells in enumerate(text.split(";") for text in (HEADER + line(points="x")).split("\n")[:2]):
        page.write_row(row, 0, cells)
    page.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    book.close()
    path = tmp_path / "cotes.xlsx"
    path.write_bytes(target.getvalue())

    assert errors_of(bring_path("grades", path)) == [
        (2, "cote", "The cell holds #DIV/0!: the formula in it failed.")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "share"), [(0.75, "75 %"), (0.5, "50 %")])
def test_an_old_workbook_cannot_say_whether_a_number_is_a_share(number, share):
    cells = Cells({})
    cell = PerhapsPercent(number)

    assert cells.is_grade(cell)
    with pytest.raises(Wrong, match="does not say whether") as refused:
        cells.read(cell, Decimal(20))
    assert share in refused.value.wrong

"""A cell of a teacher's spreadsheet shows more than its value; what it shows is what it means."""

import io

import pytest
import xlsxwriter

from preau.sheets.tests.builders import grades_of


def workbook(*cells, title="Interro"):
    """Return a workbook with a cell for Noor and one for Emma: value and format, or a formula."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Nom", title])
        for row, (name, (value, shown)) in enumerate(
            zip(("Haddad Noor", "Claes Emma"), cells, strict=True), 1
        ):
            page.write(row, 0, name)
            if str(value).startswith("="):
                page.write_formula(row, 1, value, None, shown)
            else:
                page.write(row, 1, value, book.add_format({"num_format": shown}))
    return target.getvalue()


@pytest.mark.parametrize(
    ("title", "cells", "noor", "emma"),
    [
        ("Interro", ((0.75, "0 %"), (0.5, "0.0%")), 15, 10),
        ("Interro /10", ((0.75, "0 %"), (9, "0")), 7.5, 9),
        ("Interro", ((7, '0"/10"'), (8, '0"/10"')), 7, 8),
        ("Radicaux", ((0.75, "0 %"), (12, "0.00")), 15, 12),
    ],
    ids=["all of them", "beside points", "out of ten", "in a test that exists"],
)
def test_a_share_is_points_of_what_the_test_is_out_of(school, bring, put_in, roots, title, cells, noor, emma):
    page = bring("cotes.xlsx", workbook(*cells, title=title))
    put_in(page)

    told = title.split(" ")[0]
    assert (float(grades_of(school.noor)[told]), grades_of(school.emma)[told]) == (noor, emma)


def test_grades_out_of_ten_are_none_of_a_test_out_of_twenty(school, bring, roots):
    page = bring("cotes.xlsx", workbook((7, '0"/10"'), (12, "0"), title="Radicaux"))

    found = page.context["found"]
    assert [it.wrong for it in found.problems] == ["“7/10” is out of 10, the assessment out of 20."]
    assert not found.can_be_applied


def test_what_the_points_say_they_are_out_of_is_proposed(school, bring, put_in):
    page = bring("cotes.csv", "Nom;Interro\nHaddad Noor;7/10\nClaes Emma;8/10\n")
    put_in(page)

    assert (grades_of(school.noor), grades_of(school.emma)) == ({"Interro": 7}, {"Interro": 8})


@pytest.mark.parametrize(
    ("title", "failed"), [("Interro", "#DIV/0!"), ("Interro", "#N/A"), ("Commentaire", "#N/A")]
)
def test_a_formula_that_failed_is_told_and_nothing_is_written(school, bring, title, failed):
    page = bring("cotes.xlsx", workbook(("=1/0", failed), (12, "0"), title=title))

    found = page.context["found"]
    assert [(it.line, it.wrong) for it in found.problems] == [
        (2, f"The cell holds {failed}: the formula in it failed.")
    ]
    assert not found.can_be_applied

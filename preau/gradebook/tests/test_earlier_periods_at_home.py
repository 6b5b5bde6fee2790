"""Where a scheme is cumulative, families read a figure made of earlier published grades too, and see them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from preau.gradebook import actions, queries
from preau.grading.models import Scheme
from preau.kit import memory
from preau.kit.memory import Memory

from .builders import TUESDAY, assessment, grade


@pytest.fixture
def year(school):
    """Noor has 18/20 in September and 10/20 in November, both published; 2/20 in October is not."""
    by, group = school.vandamme, school.maths_4tta
    Scheme.objects.create(name="Règlement", starts_on=date(2026, 8, 24), is_cumulative=True)
    found = {}
    for title, period, day, points in (
        ("Septembre", school.first_period, date(2026, 9, 15), "18"),
        ("Octobre", school.first_period, date(2026, 10, 5), "2"),
        ("Novembre", school.december, date(2026, 11, 20), "10"),
    ):
        found[title] = assessment(group, period, by=by, title=title, held_on=day)
        grade(found[title], school.noor, points, by=by)
    for title in ("Septembre", "Novembre"):
        actions.publish_grades(assessment=found[title], by=by, at=TUESDAY)
    return found


def read_by(school, reader, period=None):
    (maths,) = queries.readable_results(school.noor, period or school.december, reader)
    return maths


@pytest.mark.parametrize("who", ["noor", "samira"])
def test_what_was_published_before_counts_and_nothing_else(school, year, who):
    maths = read_by(school, school.everybody[who])

    assert maths.result.computed == 70
    assert [it.assessment.title for it in maths.grades] == ["Novembre"]
    assert [it.assessment.title for it in maths.earlier] == ["Septembre"]


def test_once_all_is_published_family_and_teacher_read_the_same(school, year):
    actions.publish_grades(assessment=year["Octobre"], by=school.vandamme, at=TUESDAY)

    (row,) = [
        row for row in queries.sheet(school.maths_4tta, school.december).rows if row.pupil == school.noor
    ]

    assert read_by(school, school.samira).result.computed == row.result.computed == 50


def test_a_period_does_not_know_those_that_come_after(school, year):
    maths = read_by(school, school.samira, school.first_period)

    assert (maths.result.computed, maths.earlier) == (90, [])


def test_each_period_stands_alone_where_the_scheme_is_not_cumulative(school, year):
    def queries_to_read():
        memory.forget()  # What was written before counts as saved.
        school.samira.memory = Memory()  # A request remembers who asks.
        read_by(school, school.samira)
        with CaptureQueriesContext(connection) as asked:
            maths = read_by(school, school.samira)
        return len(asked), maths

    with_earlier, maths = queries_to_read()
    assert [it.assessment.title for it in maths.earlier] == ["Septembre"]

    Scheme.objects.all().delete()
    Scheme.objects.create(name="Règlement", starts_on=date(2026, 8, 24))
    without, maths = queries_to_read()

    assert (maths.result.computed, maths.earlier) == (50, [])
    assert with_earlier - without == 1


def test_the_page_lists_them_folded(school, year, visit):
    page = visit("gradebook:results", as_=school.samira, pupil_id=school.noor.pk).text

    folded = page.split("and the grade of earlier periods: 1")[1].split("</details>")[0]
    assert "Septembre" in folded
    assert "Première période" in folded
    assert "The grades of earlier periods of the year count too." in page
    assert "Octobre" not in page


def test_a_period_that_has_only_begun_stands_on_the_earlier_ones(school, year, visit):
    actions.withdraw_publication(assessment=year["Novembre"], by=school.vandamme, at=TUESDAY)

    page = visit("gradebook:results", as_=school.noor, pupil_id=school.noor.pk).text

    assert read_by(school, school.noor).result.computed == 90
    assert "No grade to read yet this period." in page
    assert "Septembre" in page
    assert "Novembre" not in page

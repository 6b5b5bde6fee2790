"""Figures as pictures: each says the same in words and in a table, and families see nobody else."""

from datetime import date
from decimal import Decimal

import pytest

from preau.design.spark import spark
from preau.gradebook import actions, queries
from preau.gradebook.curves import Series, curve

from .builders import TUESDAY, assessment, grade
from .parts import acquisition
from .test_scales import give


@pytest.fixture
def year(school):
    """Noor and Emma in two periods of mathematics; the last test is not published."""
    by = school.vandamme
    for period, day, noor, emma, is_published in (
        (school.first_period, date(2026, 9, 15), "8", "16", True),
        (school.december, date(2026, 11, 10), "13", "NR", True),
        (school.december, date(2026, 11, 20), "2", "20", False),
    ):
        test = assessment(school.maths_4tta, period, by=by, title=f"Test du {day:%d/%m}", held_on=day)
        grade(test, school.noor, noor, by=by)
        grade(test, school.emma, emma, by=by)
        if is_published:
            actions.publish_grades(assessment=test, by=by, at=TUESDAY)
    return list(school.maths_4tta.assessments.order_by("held_on"))


def test_one_test_is_drawn_with_its_table(school, year, visit):
    figures = queries.test_figures(year[0])

    assert (figures.points, figures.mean, figures.median, figures.failing) == ([8, 16], 12, 12, 1)
    assert [(bin.starts, bin.count) for bin in figures.bins if bin.count] == [(8, 1), (16, 1)]
    page = visit("gradebook:figures", as_=school.vandamme, assessment_id=year[0].pk)
    assert 'aria-label="How results are spread. 8 to 10: 1; 16 to 18: 1"' in page.text
    assert "from 16 to 18" in page.text
    signs = queries.test_figures(year[1]).tokens
    assert [(token.code, count) for token, count in signs] == [("NR", 1)]


def test_a_test_in_levels_is_counted_level_by_level(school, visit):
    test = assessment(school.maths_4tta, school.december, by=school.vandamme, scale=acquisition())
    give(test, school.noor, "EVA", by=school.vandamme)

    found = {level.code: count for level, count in queries.test_figures(test).levels}
    assert found == {"A": 0, "EVA": 1, "NA": 0, "NE": 0}
    assert "en voie d" in visit("gradebook:figures", as_=school.vandamme, assessment_id=test.pk).text


def test_a_class_over_the_year(school, year, visit):
    points = queries.trend_of(school.maths_4tta)["points"]

    assert [(point.assessment, point.grades) for point in points] == [
        (year[0], 2),
        (year[1], 2),
        (year[2], 2),
    ]
    assert points[0].mean == pytest.approx(0.6)
    page = visit("gradebook:trend", as_=school.pirard, group_id=school.maths_4tta.pk)
    assert page.text.count("curve-main") == 2  # the picture and its key
    assert "Test du 15/09" in page.text


def test_a_mean_that_ends_in_a_half_is_rounded_up(school, visit):
    """50 and 51 of 100: 50,5 % is 51, not the even 50."""
    test = assessment(school.maths_4tta, school.december, by=school.vandamme, out_of=100)
    grade(test, school.noor, "50", by=school.vandamme)
    grade(test, school.emma, "51", by=school.vandamme)

    page = visit("gradebook:trend", as_=school.pirard, group_id=school.maths_4tta.pk)

    assert page.text.count('<td class="figure">51</td>') == 2
    assert "50.5" not in str(spark([0.505, 0.515]))
    assert "51 %, 52 %" in str(spark([0.505, 0.515]))


def test_a_pupil_against_their_own_past_and_what_they_may_read(school, year, visit):
    (course,) = queries.past_of(school.noor, school.samira)["courses"]

    assert course.shown == [40, 65]  # the unpublished 2/20 does not show through
    assert not course.has_medians
    page = visit("gradebook:past", as_=school.samira, pupil_id=school.noor.pk)
    assert '<td class="figure">65</td>' in page.text
    assert "Emma" not in page.text
    assert visit("gradebook:past", as_=school.ines, pupil_id=school.noor.pk).status_code == 404
    assert queries.past_of(school.noor, school.emma)["courses"] == []


def test_the_median_of_the_group_is_shown_where_the_school_says_so(school, year, visit, settings):
    settings.FAMILIES_SEE_MEDIAN = True
    actions.close_gradebook(
        group=school.maths_4tta, period=school.first_period, by=school.vandamme, at=TUESDAY
    )

    (course,) = queries.past_of(school.noor, school.noor)["courses"]

    assert course.medians == [pytest.approx(0.6), None]  # December is not closed
    assert "median of the group" in visit("gradebook:past", as_=school.noor, pupil_id=school.noor.pk).text


def test_an_empty_picture_says_so(school, visit):
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)

    for page, ids in (("figures", {"assessment_id": test.pk}), ("trend", {"group_id": school.maths_4tta.pk})):
        assert "No grade is typed yet." in visit(f"gradebook:{page}", as_=school.vandamme, **ids).text
    assert (
        "There is nothing to draw yet."
        in visit("gradebook:past", as_=school.noor, pupil_id=school.noor.pk).text
    )


def test_a_line_is_broken_where_nothing_is_and_says_no_raw_words():
    drawn = curve(
        [Series("x", [0.2, 0.4, None, 1.4], texts=["", "<b>8</b>", "", ""])],
        ["<i>a</i>", "b", "c", "d"],
        '"title"',
    )

    assert drawn.count("<path d=") == 1
    assert drawn.count("<circle") == 3
    assert "&lt;b&gt;8" in drawn
    assert "<i>" not in drawn
    assert "style=" not in drawn


def test_nothing_is_drawn_outside_the_picture():
    drawn = curve([Series("x", [Decimal("-1"), Decimal(3)])], ["a", "b"], "t", 0.5)
    heights = [float(part.split('"')[0]) for part in drawn.split('cy="')[1:]]
    assert all(14 <= height <= 190 for height in heights)

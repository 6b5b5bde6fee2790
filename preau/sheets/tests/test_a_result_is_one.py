"""What once made two roads to a result say different things."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from preau.gradebook import actions, queries
from preau.gradebook.drawing import dress
from preau.gradebook.queries import Cell
from preau.gradebook.tests.builders import TUESDAY, assessment, grade
from preau.grading.actions import keep_scheme
from preau.grading.models import CourseResult, Scheme
from preau.grading.plans import Plan
from preau.grading.queries import Schemes
from preau.kit import clock
from preau.sheets.documents.books import book_data
from preau.sheets.documents.explaining import explanation_data
from preau.structure.models import CourseGroup, GroupMembership, TeachingAssignment

DECEMBER = datetime(2026, 12, 15, 10, 0, tzinfo=ZoneInfo("Europe/Brussels"))


def where(school):
    return {"group": school.maths_4tta, "period": school.december}


def noor_of(school, group=None):
    page = queries.sheet(group or school.maths_4tta, school.december)
    return next(row for row in page.rows if row.pupil == school.noor)


def result_of(school):
    return queries.period_results(school.december)[school.noor.pk, school.maths_4tta.course_id]


def scheme(facts, starts_on=date(2026, 8, 24), changed=None):
    before = {name: getattr(changed, name) for name in ("name",)} if changed else {"name": "Règlement"}
    return keep_scheme(
        scheme=changed,
        facts={**before, **facts},
        categories={},
        tokens={},
        starts_on=starts_on,
        by=None,
        at=TUESDAY,
    )


def closed(school, *points):
    tests = []
    for number, typed in enumerate(points):
        test = assessment(**where(school), by=school.vandamme, title=f"Test {number}", out_of=20)
        grade(test, school.noor, typed, by=school.vandamme)
        tests.append(test)
    actions.close_gradebook(**where(school), by=school.vandamme, at=TUESDAY)
    return tests


def reopen(school):
    actions.reopen_gradebook(**where(school), because="Une erreur", by=school.pirard, at=TUESDAY)


def put_in_brackets(school):
    actions.deliberate_result(
        **where(school),
        pupil=school.noor,
        attribute="BRACKETS",
        because="Décision du conseil",
        by=school.pirard,
        at=TUESDAY,
    )


def test_closed_at_40_reopened_and_corrected_it_is_80_everywhere(school):
    (test,) = closed(school, "8")
    reopen(school)
    grade(test, school.noor, "16", by=school.vandamme, version=1)

    page = queries.sheet(school.maths_4tta, school.december)
    with clock.at(DECEMBER):
        (period,) = book_data(school.maths_4tta, by=None)["periods"]
    result = next(row for row in page.rows if row.pupil == school.noor).result

    assert (result.computed, result.retained, result.fails, page.failing) == (80, 80, False, 0)
    assert result_of(school).retained == 80
    stands = {line["name"]: line["stands"] for line in period["results"]}
    assert stands[school.noor.list_name] == {"text": "80", "kind": ""}


def test_a_grade_taken_back_after_reopening_leaves_no_result_when_it_is_closed_again(school):
    (test,) = closed(school, "8")
    reopen(school)
    grade(test, school.noor, "", by=school.vandamme, version=1)
    actions.close_gradebook(**where(school), by=school.vandamme, at=TUESDAY)

    row = CourseResult.objects.get(pupil=school.noor)
    assert (row.computed, row.share, noor_of(school).result.retained) == (None, None, None)


def test_to_retain_the_computed_figure_gives_the_same_share_open_and_closed(school):
    test = assessment(**where(school), by=school.vandamme, out_of=30)
    grade(test, school.noor, "16", by=school.vandamme)
    actions.choose_result(
        **where(school), pupil=school.noor, chosen=Decimal(53), because="", by=school.vandamme, at=TUESDAY
    )
    still_open = result_of(school)
    actions.close_gradebook(**where(school), by=school.vandamme, at=TUESDAY)

    assert still_open.share == result_of(school).share == Fraction(16, 30)


def test_an_exact_half_passes_open_and_closed(school):
    for points, out_of, weight in ((10, 30, 10), (50, 100, 35), (10, 30, 10), (47, 60, 10), (50, 100, 35)):
        test = assessment(**where(school), by=school.vandamme, out_of=out_of, weight=weight)
        grade(test, school.noor, str(points), by=school.vandamme)
    still_open = result_of(school)
    actions.close_gradebook(**where(school), by=school.vandamme, at=TUESDAY)

    for result in (still_open, result_of(school)):
        assert (result.share, result.computed, result.fails) == (Fraction(99, 200), 50, False)


def test_a_closed_period_is_explained_with_the_scheme_of_then(school):
    """Closed at 56 under 40/60; a scheme of 70/30 from September on changes nothing that is explained."""
    by = school.vandamme
    scheme({})
    grade(assessment(**where(school), by=by, out_of=100), school.noor, "80", by=by)
    exam = assessment(**where(school), by=by, title="Examen", category="EXAMEN", out_of=100)
    grade(exam, school.noor, "40", by=by)
    actions.close_gradebook(**where(school), by=by, at=TUESDAY)
    scheme(
        {"daily_work_weight": Decimal(70), "exam_weight": Decimal(30)},
        changed=Scheme.objects.get(name="Règlement"),
    )

    (course,) = explanation_data(school.noor, school.december, school.pirard)["courses"]

    assert course["result"]["text"] == "56"
    assert "(40 × 80 + 60 × 40) ÷ 100 = 56 %." in " ".join(course["sentences"])
    assert queries.sheet(school.maths_4tta, school.december).scheme.daily_work_weight == 40


def test_what_begins_to_count_after_the_closing_is_not_in_what_explains_it(school):
    by = school.vandamme
    late = assessment(**where(school), by=by, title="Plus tard", counts_from=date(2026, 12, 1))
    grade(late, school.noor, "2", by=by)
    with clock.at(TUESDAY):
        closed(school, "16")
    with clock.at(DECEMBER):
        why = queries.explanation(school.maths_4tta, school.december, school.noor)

    assert why.result.computed == 80
    assert [(term.assessment.title, term.counts) for term in why.terms] == [
        ("Plus tard", False),
        ("Test 0", True),
    ]


@pytest.fixture
def other_group(school):
    """Another group of Noor's course, in which she is from the 1st of December on."""
    first = school.maths_4tta
    other = CourseGroup.objects.create(
        course=first.course, school_year=first.school_year, code="4:MATH4-02", name="4TTB"
    )
    TeachingAssignment.objects.create(group=other, teacher=school.thys, starts_on=date(2026, 8, 24))
    GroupMembership.objects.filter(group=first, pupil=school.noor).update(ends_on=date(2026, 12, 1))
    GroupMembership.objects.create(group=other, pupil=school.noor, starts_on=date(2026, 12, 1))
    return other


@pytest.mark.parametrize("points", ["0", "10"])
def test_who_changes_group_takes_all_marks_along_be_they_nought(school, other_group, points):
    """20/20 in the first group; 0 or 10 in the second: 50 or 75, on both sheets, at home, on the card."""
    by = school.vandamme
    before = assessment(**where(school), by=by)
    after = assessment(other_group, school.december, by=school.thys)
    grade(before, school.noor, "20", by=by)
    grade(after, school.noor, points, by=school.thys)
    for test in (before, after):
        actions.publish_grades(assessment=test, by=by, at=TUESDAY)
    expected = {"0": 50, "10": 75}[points]

    (home,) = queries.readable_results(school.noor, school.december, school.noor)
    (year,) = [row for row in queries.year_of(other_group)["rows"] if row.pupil == school.noor]

    assert noor_of(school).result.computed == expected
    assert noor_of(school, other_group).result.computed == expected
    assert result_of(school).group_id == other_group.pk
    assert (home.result.computed, year.shown) == (expected, expected)


def test_the_group_one_is_in_keeps_the_result(school, other_group):
    by = school.vandamme
    grade(assessment(**where(school), by=by), school.noor, "20", by=by)
    actions.close_gradebook(**where(school), by=by, at=TUESDAY)
    assert not result_of(school).is_frozen
    assert not CourseResult.objects.filter(group=school.maths_4tta, pupil=school.noor).exists()

    with pytest.raises(actions.InAnotherGroup, match="another group"):
        put_in_brackets(school)
    actions.close_gradebook(group=other_group, period=school.december, by=school.thys, at=TUESDAY)

    assert result_of(school).is_frozen
    assert noor_of(school).result.computed == 100


def test_brackets_are_no_failure_in_the_sheet_the_count_the_book_and_the_mean(school):
    closed(school, "9")
    emma = queries.sheet(school.maths_4tta, school.december)
    assert emma.failing == 1
    actions.deliberate_result(
        **where(school),
        pupil=school.noor,
        attribute="BRACKETS",
        because="Conseil",
        by=school.pirard,
        at=TUESDAY,
    )

    page = queries.sheet(school.maths_4tta, school.december)
    with clock.at(DECEMBER):
        (period,) = book_data(school.maths_4tta, by=None)["periods"]
        (year,) = [row for row in queries.year_of(school.maths_4tta)["rows"] if row.pupil == school.noor]

    assert (page.failing, page.class_average, noor_of(school).result.fails) == (0, None, False)
    stands = {line["name"]: line["stands"] for line in period["results"]}
    assert stands[school.noor.list_name] == {"text": "(45)", "kind": ""}
    assert year.share is None


def test_the_pass_mark_is_the_schemes_for_cells_and_curves_too(school, tap, visit):
    scheme({"pass_mark": Decimal(60)})
    test = assessment(**where(school), by=school.vandamme)
    grade(test, school.noor, "11", by=school.vandamme)
    actions.publish_grades(assessment=test, by=school.vandamme, at=TUESDAY)

    page = queries.sheet(school.maths_4tta, school.december)
    (home,) = queries.readable_results(school.noor, school.december, school.noor)
    (term,) = explanation_data(school.noor, school.december, school.noor)["courses"][0]["terms"]

    assert dress(noor_of(school).cells[0], test, page.scheme.plan) == "is-low"
    assert home.grades[0].is_low
    assert term["points"] == {"text": "11/20", "kind": "low"}
    assert queries.test_figures(test).failing == 1
    assert dress(Cell(Decimal(11)), test, Plan()) == ""


def test_means_are_half_up_and_on_the_step(school):
    test = assessment(**where(school), by=school.vandamme, out_of=100)
    grade(test, school.noor, "50", by=school.vandamme)
    grade(test, school.emma, "51", by=school.vandamme)
    oral = assessment(**where(school), by=school.vandamme, weight=0)
    grade(oral, school.noor, "12.2", by=school.vandamme)
    grade(oral, school.emma, "12.3", by=school.vandamme)

    page = queries.sheet(school.maths_4tta, school.december)

    assert page.class_average == 51
    assert [column.average for column in page.columns] == [Decimal("50.5"), Decimal("12.3")]
    assert queries.test_figures(oral).mean == Decimal("12.3")


def test_the_mean_of_a_test_is_the_same_in_the_sheet_and_in_its_figures(school):
    test = assessment(**where(school), by=school.vandamme)
    grade(test, school.noor, "NR", by=school.vandamme)
    grade(test, school.emma, "15", by=school.vandamme)

    assert queries.sheet(school.maths_4tta, school.december).columns[0].average == Decimal("7.5")
    assert queries.test_figures(test).mean == Decimal("7.5")


def test_a_scheme_changed_from_before_its_own_first_day_holds_from_then(school):
    course = school.maths_4tta.course
    scheme({"pass_mark": Decimal(55)})
    later = scheme({"pass_mark": Decimal(60)}, starts_on=school.december.starts_on)

    def mark(period):
        return Schemes(period.starts_on).for_course(course).pass_mark

    assert (mark(school.first_period), mark(school.december)) == (55, 60)
    scheme({"pass_mark": Decimal(70)}, starts_on=school.first_period.starts_on, changed=later)

    assert (mark(school.first_period), mark(school.december)) == (70, 70)


def test_a_scheme_that_served_is_replaced_from_before_its_own_first_day(school):
    later = scheme({"pass_mark": Decimal(60)}, starts_on=school.december.starts_on)
    closed(school, "11")
    scheme({"pass_mark": Decimal(70)}, starts_on=school.first_period.starts_on, changed=later)

    assert Schemes(school.december.starts_on).for_course(school.maths_4tta.course).pass_mark == 70
    assert result_of(school).plan.pass_mark == 60

"""The explanation of results on paper says the same as the page, as far as its reader may know."""

from datetime import date
from decimal import Decimal

import pytest

from preau.gradebook import actions, queries
from preau.gradebook.queries.explaining import explained_results
from preau.gradebook.tests.builders import TUESDAY, assessment, grade
from preau.grading.models import Scheme
from preau.sheets.documents.explaining import explanation_data
from preau.sheets.tests.builders import is_tagged
from preau.structure.models import Subject


@pytest.fixture(autouse=True)
def _in_the_language_of_these_tests(settings):
    settings.LANGUAGE_CODE = "en"


def test_the_annex_unfolds_a_result_in_words_and_figures(school, december):
    (course,) = explanation_data(school.noor, school.december, school.pirard)["courses"]

    assert (course["result"]["text"], course["result"]["kind"]) == ("47", "low")
    assert course["sentences"] == [
        "Daily work: 0.7 achieved of 3, that is 70/3 ≈ 23.333 %.",
        "Examination: 0.62 achieved of 1, that is 62 %.",
        "Together: daily work weighs 40 and the examination 60, "
        "(40 × 70/3 + 60 × 62) ÷ 100 = 698/15 ≈ 46.533 %.",
        "Out of 100 that is 698/15 ≈ 46.533; in steps of 1, rounded to the nearest, halves up: 47. "
        "It is under the pass mark, 50 %.",
    ]
    assert [term["gives"] for term in course["terms"]] == [
        "0.7",
        "0",
        "left out: neither points nor weight",
        "0.62",
    ]


def test_the_annex_names_no_religion(school, december):
    Subject.objects.filter(courses__groups=school.maths_4tta).update(is_philosophical=True)

    (course,) = explanation_data(school.noor, school.december, school.pirard)["courses"]

    assert course["name"] == "Philosophical course"


def test_the_annex_has_the_numbers_of_the_page_why(school, december):
    Scheme.objects.update(is_cumulative=True, drop_lowest=1)
    early = assessment(
        school.maths_4tta,
        school.first_period,
        by=school.vandamme,
        title="Septembre",
        held_on=date(2026, 9, 15),
    )
    grade(early, school.noor, "19", by=school.vandamme)
    why = queries.explanation(school.maths_4tta, school.december, school.noor)

    (course,) = explained_results(school.noor, school.december, school.pirard)

    assert course.result == why.result
    assert course.terms == why.terms
    assert [it.is_dropped for it in course.terms] == [False, False, True, False, False]


def test_families_read_only_what_is_published_and_what_that_comes_to(school, december):
    actions.publish_grades(assessment=december[0], by=school.vandamme, at=TUESDAY)

    for reader in (school.noor, school.samira):
        (course,) = explanation_data(school.noor, school.december, reader)["courses"]
        (read,) = queries.readable_results(school.noor, school.december, reader)

        assert [term["title"] for term in course["terms"]] == ["Puissances"]
        assert course["result"]["text"] == "70"
        assert read.result.computed == 70
        assert "No examination counts: daily work is the whole result." in course["sentences"]


def test_what_people_decided_is_for_the_tutor_and_the_head(school, december):
    actions.publish_grades(assessment=december[3], by=school.vandamme, at=TUESDAY)
    actions.choose_result(
        group=school.maths_4tta, period=school.december, pupil=school.noor, chosen=Decimal(50),
        because="Progrès", by=school.vandamme, at=TUESDAY,
    )  # fmt: skip

    for reader, decisions in ((school.vandamme, 1), (school.pirard, 1), (school.samira, 0), (school.noor, 0)):
        (course,) = explanation_data(school.noor, school.december, reader)["courses"]
        assert len(course["decisions"]) == decisions


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        ("noor", True),
        ("samira", True),
        ("vandamme", True),
        ("pirard", True),
        ("karim", False),
        ("thys", False),
        ("emma", False),
        ("ines", False),
        ("zoe", False),
    ],
)
def test_who_opens_the_annex(school, visit, who, opens):
    person = school.everybody[who]

    answer = visit("sheets:explanation", as_=person, pupil_id=school.noor.pk)

    assert answer.status_code == (200 if opens else 404)
    if opens:
        assert is_tagged(answer.content)


@pytest.mark.parametrize("period", ["x", "999999", "-1"])
def test_a_period_that_is_none_is_not_there(school, visit, period):
    assert school.everybody
    answer = visit("sheets:explanation", as_=school.pirard, query={"period": period}, pupil_id=school.noor.pk)

    assert answer.status_code == 404


def test_an_annex_costs_as_many_queries_for_many_courses(school, december, django_assert_max_num_queries):
    assert school.pirard.duties_in_force

    with django_assert_max_num_queries(15):
        explained_results(school.noor, school.december, school.pirard)


@pytest.fixture
def cumulative_year(school):
    """Noor has 18/20 in September and 10/20 in November; each period of the year counts in the next."""
    by, group = school.vandamme, school.maths_4tta
    Scheme.objects.create(name="Règlement", starts_on=date(2026, 8, 24), is_cumulative=True)
    for title, period, day, points in (
        ("Septembre", school.first_period, date(2026, 9, 15), "18"),
        ("Novembre", school.december, date(2026, 11, 20), "10"),
    ):
        test = assessment(group, period, by=by, title=title, held_on=day)
        grade(test, school.noor, points, by=by)
        actions.publish_grades(assessment=test, by=by, at=TUESDAY)


def test_the_explanation_has_the_grades_of_earlier_periods(school, cumulative_year):
    (course,) = explanation_data(school.noor, school.december, school.samira)["courses"]

    assert [term["title"] for term in course["terms"]] == ["Septembre", "Novembre"]
    assert course["result"]["text"] == "70"


def test_a_dropped_grade_of_an_earlier_period_is_marked_as_such(school, cumulative_year):
    Scheme.objects.update(drop_lowest=1)

    (course,) = explanation_data(school.noor, school.december, school.samira)["courses"]

    assert course["result"]["text"] == "90"
    assert [term["is_out"] for term in course["terms"]] == [False, True]


def test_a_family_finds_what_the_signs_mean_beside_the_figures(school, december):
    signs = {
        term["points"]["text"]
        for course in explanation_data(school.noor, school.december, school.pirard)["courses"]
        for term in course["terms"]
        if term["points"]["kind"] == "token"
    }

    notes = explanation_data(school.noor, school.december, school.pirard)["notes"]

    assert signs == {"NR", "CM"}
    assert notes[-1] == "CM: certificat médical · NR: non remis, counts as 0."

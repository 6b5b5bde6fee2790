from decimal import Decimal
from fractions import Fraction

import pytest

from preau.gradebook import actions, queries
from preau.grading.models import CourseResult
from preau.kit import memory
from preau.trail.models import Trace

from .builders import TUESDAY, assessment, grade


@pytest.fixture
def december_of_noor(school):
    """Noor: 7/10, a work not handed in, a certificate; then 62 out of 100 at the examination."""
    by = school.vandamme
    test = assessment(school.maths_4tta, school.december, by=by, title="Puissances", out_of=10)
    work = assessment(school.maths_4tta, school.december, by=by, title="Fiche 3", weight=2)
    oral = assessment(school.maths_4tta, school.december, by=by, title="Radicaux", out_of=15)
    exam = assessment(
        school.maths_4tta, school.december, by=by, title="Examen", category="EXAMEN", out_of=100
    )
    for it, typed in ((test, "7"), (work, "NR"), (oral, "CM"), (exam, "62")):
        grade(it, school.noor, typed, by=by)
    return exam


def results(school):
    return queries.period_results(school.december)[school.noor.pk, school.maths_4tta.course_id]


def test_an_open_gradebook_is_computed_when_it_is_looked_at(school, december_of_noor):
    live = results(school)

    assert (live.daily_work, live.exam, live.computed, live.fails) == (23, 62, 47, True)
    assert not live.is_frozen
    assert (school.emma.pk, school.maths_4tta.course_id) not in queries.period_results(school.december)


def test_closing_freezes_what_was_computed(school, december_of_noor):
    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=school.vandamme, at=TUESDAY)

    december_of_noor.grades.update(points=100)
    frozen = results(school)

    assert (frozen.computed, frozen.daily_work, frozen.exam, frozen.is_frozen) == (47, 23, 62, True)
    assert CourseResult.objects.get().share == Fraction(349, 750)  # (40 × 7/30 + 60 × 62/100) ÷ 100, exactly


def test_what_the_teacher_retains_stands_beside_what_is_computed(school, december_of_noor):
    actions.choose_result(
        group=school.maths_4tta,
        period=school.december,
        pupil=school.noor,
        chosen=Decimal(50),
        because="Progrès constants",
        by=school.vandamme,
        at=TUESDAY,
    )
    assert (results(school).computed, results(school).retained, results(school).fails) == (47, 50, False)

    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=school.vandamme, at=TUESDAY)

    assert (results(school).computed, results(school).retained) == (47, 50)
    with pytest.raises(actions.OffTheScale, match="from 0 to 100"):
        actions.choose_result(
            group=school.french_2cb,
            period=school.december,
            pupil=school.elias,
            chosen=Decimal(101),
            because="",
            by=school.lemaire,
            at=TUESDAY,
        )


def test_the_head_reopens_with_a_reason_and_results_live_again(school, december_of_noor):
    where = {"group": school.maths_4tta, "period": school.december}
    with pytest.raises(actions.NotClosed):
        actions.reopen_gradebook(**where, because="?", by=school.pirard, at=TUESDAY)
    actions.close_gradebook(**where, by=school.vandamme, at=TUESDAY)
    with pytest.raises(actions.AlreadyClosed):
        actions.close_gradebook(**where, by=school.vandamme, at=TUESDAY)

    actions.reopen_gradebook(**where, because="Une copie égarée est retrouvée", by=school.pirard, at=TUESDAY)
    grade(december_of_noor, school.noor, "70", by=school.vandamme, version=1)

    assert results(school).exam == 70
    assert Trace.objects.get(act="gradebook.reopen").details["because"] == "Une copie égarée est retrouvée"


def test_the_whole_school_closes_at_once(school, december_of_noor, django_assert_max_num_queries):
    assert school.everybody
    actions.close_gradebook(group=school.french_2cb, period=school.december, by=school.lemaire, at=TUESDAY)

    memory.forget()  # What was written counts as saved. Four questions recall the year and its schemes.
    with django_assert_max_num_queries(37):
        closed = actions.close_period(period=school.december, by=school.pirard, at=TUESDAY)

    assert closed == 2
    assert results(school).is_frozen


def test_a_neutralised_assessment_counts_no_more(school, december_of_noor):
    actions.neutralise(assessment=december_of_noor, by=school.vandamme, at=TUESDAY)
    assert results(school).computed == 23

    december_of_noor.refresh_from_db()
    actions.reinstate(assessment=december_of_noor, by=school.vandamme, at=TUESDAY)
    assert results(school).computed == 47

"""The result of a period as one value: what stands, whether it fails, what further means are made of."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.grading import averages
from preau.grading.averages import Effect, Score
from preau.grading.plans import Plan, Rounding
from preau.grading.results import (
    Decisions,
    keep_score,
    mean_figure,
    nearest,
    period_result,
    read_score,
    year_share,
)

OUT_OF = st.sampled_from([Decimal(points) for points in (7, 10, 20, 30, 60, 100)])
HUNDREDTHS = st.decimals(0, 100, places=2)


@st.composite
def some_scores(draw):
    out_of = draw(OUT_OF)
    effect = draw(st.sampled_from([Effect.COUNTS] * 5 + [Effect.ZERO, Effect.LEFT_OUT, Effect.MISSING]))
    return Score(
        out_of=out_of,
        weight=draw(st.sampled_from([Decimal(weight) for weight in ("1", "0.35", "2", "10")])),
        effect=effect,
        points=min(draw(HUNDREDTHS), out_of),
        is_exam=draw(st.booleans()),
        category=draw(st.integers(0, 2)),
        assessment=draw(st.integers(1, 10**6)),
        sign="" if effect is Effect.COUNTS else "NR",
        is_earlier=draw(st.booleans()),
    )


plans = st.builds(
    Plan,
    scale=st.sampled_from([Decimal(100), Decimal(20), Decimal(60)]),
    step=st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.1")]),
    rounding=st.sampled_from(list(Rounding)),
    rounds_components=st.booleans(),
    pass_mark=st.sampled_from([Decimal(50), Decimal(60), Decimal("33.33")]),
    least_evidence=st.sampled_from([Decimal(0), Decimal(25), Decimal(60)]),
    by_points=st.booleans(),
    drop_lowest=st.integers(0, 2),
    best_of=st.integers(0, 3),
    category_weights=st.sampled_from([{}, {0: Decimal(2), 1: Decimal(1)}]),
)
decided = st.builds(
    Decisions,
    chosen=st.none() | st.integers(0, 20).map(Decimal),
    deliberated=st.none() | st.integers(0, 20).map(Decimal),
    attribute=st.sampled_from(["", "BRACKETS", "FREE"]),
)
scores = st.lists(some_scores(), max_size=6)


@given(scores, plans, decided)
def test_the_council_goes_before_the_teacher_and_the_teacher_before_the_sums(cells, plan, decisions):
    found = period_result(cells, plan, decisions)

    in_order = [decisions.deliberated, decisions.chosen, found.computed]
    assert found.retained == next((share for share in in_order if share is not None), None)
    assert found.computed == period_result(cells, plan).computed


@given(scores, plans, decided)
def test_what_is_in_brackets_is_no_failure_and_in_no_mean(cells, plan, decisions):
    found = period_result(cells, plan, replace(decisions, attribute="BRACKETS"))

    assert not found.fails
    assert found.share is None
    assert year_share([(found.share, Decimal(10))]) is None


@given(scores, plans, decided)
def test_a_figure_fails_when_it_is_shown_under_the_pass_mark_and_never_otherwise(cells, plan, decisions):
    found = period_result(cells, plan, replace(decisions, attribute=""))

    under = found.retained is not None and found.retained / plan.scale * 100 < plan.pass_mark
    assert found.fails is under


@given(scores, plans)
def test_to_retain_the_computed_figure_confirms_it(cells, plan):
    alone = period_result(cells, plan)

    confirmed = period_result(cells, plan, Decisions(chosen=alone.computed))

    assert confirmed.share == alone.share
    assert not confirmed.is_retained_apart


@given(scores, plans, st.integers(0, 20).map(Decimal))
def test_another_figure_is_its_own_share(cells, plan, figure):
    found = period_result(cells, plan, Decisions(chosen=figure))

    if figure != found.computed:
        assert found.share == Fraction(figure) / Fraction(plan.scale)


@given(scores, plans)
def test_nothing_is_rounded_on_the_way_to_the_share(cells, plan):
    found = period_result(cells, plan)

    exact = averages.result(cells, plan)
    assert found.computed_share == (exact.share if exact.is_assessable else None)
    assert plan.shown(found.computed_share) == found.computed


@given(some_scores())
def test_what_a_closed_gradebook_keeps_of_a_cell_is_read_back_as_it_was(score):
    assert read_score(keep_score(score)) == score


def test_an_exact_half_stays_one():
    """10/30, 50/100, 10/30, 47/60, 50/100 with weights 10 35 10 10 35: 49,5, which shows 50 and passes."""
    cells = [
        Score(Decimal(out_of), Decimal(weight), points=Decimal(points))
        for points, out_of, weight in ((10, 30, 10), (50, 100, 35), (10, 30, 10), (47, 60, 10), (50, 100, 35))
    ]

    found = period_result(cells, Plan())

    assert found.share == Fraction(99, 200)
    assert (found.computed, found.fails) == (50, False)


def test_nought_is_a_result():
    nought = period_result([Score(Decimal(20), Decimal(1), points=Decimal(0))], Plan())

    assert (nought.computed, nought.share, nought.fails) == (0, 0, True)
    assert year_share([(nought.share, Decimal(10)), (Fraction(1), Decimal(10))]) == Fraction(1, 2)
    decided = period_result([], Plan(), Decisions(deliberated=Decimal(0), attribute="FREE"))
    assert (decided.retained, decided.share, decided.fails) == (0, 0, True)


def test_only_a_token_at_the_only_examination_is_shown_for_it():
    certificate = Score(Decimal(20), Decimal(1), Effect.LEFT_OUT, is_exam=True, sign="CM")
    level = Score(Decimal(20), Decimal(1), Effect.COUNTS, Decimal(15), is_exam=True, sign="A")

    assert period_result([certificate], Plan()).exam_token == "CM"
    assert period_result([certificate], Plan()).is_open_question
    assert period_result([level], Plan()).exam_token == ""
    assert period_result([certificate, certificate], Plan()).exam_token == ""


def test_the_year_weighs_its_periods_and_a_cumulative_plan_takes_the_latest():
    periods = [(Fraction(8, 10), Decimal(10)), (None, Decimal(35)), (Fraction(5, 10), Decimal(30))]

    assert year_share(periods) == (8 + 15) / Fraction(40)
    assert year_share(periods, is_cumulative=True) == Fraction(1, 2)
    assert year_share([(share, Decimal(0)) for share, _weight in periods]) == Fraction(13, 20)
    assert year_share([]) is None


@pytest.mark.parametrize(
    ("figures", "step", "mean"),
    [
        (["50", "51"], "1", "51"),
        (["12.2", "12.3"], "0.1", "12.3"),
        (["50", "50.5"], "0.5", "50.5"),
        (["0", None, "1"], "1", "1"),
        ([None], "1", None),
        (["0"], "1", "0"),
    ],
)
def test_means_are_rounded_half_up_on_the_step(figures, step, mean):
    found = mean_figure([figure and Decimal(figure) for figure in figures], Decimal(step))

    assert found == (None if mean is None else Decimal(mean))


@given(st.decimals(0, 100, places=3))
def test_to_the_nearest_is_what_decimals_call_half_up(value):
    assert nearest(value) == value.quantize(Decimal("0.1"), ROUND_HALF_UP)


@given(scores, plans)
def test_dropped_tests_do_not_lower_the_evidence(cells, plan):
    every = averages.result(cells, replace(plan, drop_lowest=0, best_of=0))

    assert averages.result(cells, plan).evidence == every.evidence


@given(st.decimals(0, 20, places=1), st.sampled_from(["50", "60", "33.33", "0", "100"]))
def test_a_grade_is_low_where_the_result_it_makes_alone_would_be_under_the_mark(points, mark):
    plan = Plan(pass_mark=Decimal(mark))

    assert plan.is_low(points, Decimal(20)) is (Fraction(points) / 20 < plan.pass_share)
    assert not plan.is_low(None, Decimal(20))

"""What is said beside a result: how much of it there is, what was dropped for it, what stands for it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..averages import Effect, Score, best_scores, component, result
from ..plans import Plan
from ..results import UNDECIDED, Decisions, figures_of, keep_score, period_result, weighed, year_share
from .test_averages import PLAN, counts, token

CERTIFICATE = Score(Decimal(20), Decimal(1), Effect.LEFT_OUT, is_exam=True, sign="CM")


def test_certificates_take_their_weight_from_what_is_there():
    """One work of weight 1 is there; two of weights 1 and 2 were excused: a quarter of what was expected."""
    found = component([counts(6, 10), token(Effect.LEFT_OUT), token(Effect.LEFT_OUT, weight=2)], PLAN)

    assert found.evidence == Fraction(1, 4)
    assert (found.counted, found.achieved, found.share) == (1, Fraction(3, 5), Fraction(3, 5))


def test_a_result_on_just_enough_is_one_and_on_a_hair_less_is_none():
    """The examination, 60 % of the weight, was excused: 40 % is there."""
    cells = [counts(63, 100), CERTIFICATE]

    assert result(cells, replace(PLAN, least_evidence=Decimal(40))).is_assessable
    assert not result(cells, replace(PLAN, least_evidence=Decimal("40.01"))).is_assessable


def test_daily_work_tells_what_each_kind_of_work_weighs_in_it():
    """Interros weigh 1 and lose their worst, tests 3, with one of two excused; the visit weighs 1."""
    interros = [replace(counts(points, 10), category=1) for points in (4, 6, 8)]
    test = [replace(counts(9, 10), category=2), replace(token(Effect.LEFT_OUT, weight=3), category=2)]
    visit = replace(token(Effect.LEFT_OUT), category=3)
    plan = replace(PLAN, category_weights={1: Decimal(1), 2: Decimal(3)}, drop_lowest=1)

    found = result([*interros, *test, visit], plan).daily_work

    assert [(kind.category, kind.weight, kind.component.share) for kind in found.categories] == [
        (1, 1, Fraction(7, 10)),
        (2, 3, Fraction(9, 10)),
        (3, 1, None),
    ]
    assert (found.counted, found.achieved) == (4, Fraction(7 + 27, 10))
    assert found.share == Fraction(34, 40)
    assert found.evidence == (1 + 3 * Fraction(1, 4) + 0) / 5
    assert found.dropped == {0}


def test_examinations_are_all_kept():
    cells = [counts(4, 10, is_exam=True), counts(8, 10, is_exam=True)]

    assert result(cells, replace(PLAN, drop_lowest=1)).exam.share == Fraction(3, 5)


def test_the_worst_is_dropped_by_its_share_whatever_it_is_out_of():
    """8/10 is better than 12/20."""
    found = result([counts(8, 10), counts(12, 20)], replace(PLAN, drop_lowest=1))

    assert (found.share, found.dropped) == (Fraction(4, 5), {1})


@pytest.mark.parametrize(
    ("points", "plan", "share"),
    [
        ([4, 8], Plan(drop_lowest=2), "0.8"),
        ([4, 8, 6], Plan(best_of=2), "0.7"),
        ([4, 8, 6], Plan(best_of=2, drop_lowest=2), "0.8"),
        ([4, 8, 6], Plan(best_of=5), "0.6"),
    ],
)
def test_so_many_are_kept_and_always_one(points, plan, share):
    assert result([counts(of_ten, 10) for of_ten in points], plan).share == Fraction(share)


weighted_shares = st.lists(st.tuples(st.fractions("1/10", 10), st.fractions(0, 1)), min_size=1, max_size=6)


@given(weighted_shares, st.integers(1, 6), st.randoms(use_true_random=False))
def test_of_all_choices_the_best_is_made(scores, count, chance):
    placed = [(place, weight, share) for place, (weight, share) in enumerate(scores)]
    shuffled = list(placed)
    chance.shuffle(shuffled)

    def mean_of(chosen):
        return sum(weight * share for _p, weight, share in chosen) / sum(weight for _p, weight, _s in chosen)

    best = best_scores(shuffled, count)

    every_choice = combinations(placed, min(count, len(placed)))
    assert mean_of(best) == max(mean_of(chosen) for chosen in every_choice)
    assert sorted(best) == sorted(best_scores(placed, count))


@pytest.mark.parametrize("turned", [False, True])
def test_of_equals_the_heaviest_and_then_the_first_is_kept(turned):
    half = Fraction(1, 2)
    light, heavy, as_heavy = (0, Fraction(1), half), (1, Fraction(9), half), (2, Fraction(9), half)
    scores = [light, heavy, as_heavy]

    assert best_scores(scores[::-1] if turned else scores, 1) == [heavy]


def test_a_hair_under_the_mark_is_under_it():
    tenths = Plan(step=Decimal("0.1"))

    assert tenths.fails(Decimal("49.9"))
    assert not tenths.fails(Decimal(50))
    assert PLAN.is_low(Decimal("9.99"), Decimal(20))
    assert not PLAN.is_low(Decimal(10), Decimal(20))


def test_nought_is_rounded_to_nought():
    """Nothing was achieved in daily work; 60/100 at the examination is 36 for the period."""
    plan = replace(PLAN, rounds_components=True)

    assert result([counts(0, 20), counts(60, 100, is_exam=True)], plan).share == Fraction(36, 100)


def test_somebody_decided_when_there_is_a_figure_or_a_way_of_writing_it():
    assert Decisions(chosen=Decimal(0))
    assert Decisions(deliberated=Decimal(50))
    assert Decisions(attribute="BRACKETS")
    assert not UNDECIDED


def test_the_computed_figure_is_low_under_the_mark_and_not_in_brackets():
    low, high = [counts(4, 10)], [counts(6, 10)]

    assert period_result(low, PLAN, Decisions(chosen=Decimal(50))).computed_fails
    assert not period_result(high, PLAN, Decisions(chosen=Decimal(40))).computed_fails
    assert not period_result(low, PLAN, Decisions(attribute="BRACKETS")).computed_fails
    assert not period_result(high, PLAN, Decisions(attribute="BRACKETS")).computed_fails


def test_who_has_too_little_is_a_question_until_somebody_decides():
    strict = replace(PLAN, least_evidence=Decimal(50))
    daily_work, exam = counts(6, 10), counts(6, 10, is_exam=True)
    too_little = [daily_work, CERTIFICATE]

    assert period_result(too_little, strict).is_open_question
    assert period_result([daily_work, CERTIFICATE, CERTIFICATE], strict).is_open_question
    assert period_result(
        [token(Effect.LEFT_OUT), exam], replace(PLAN, least_evidence=Decimal(70))
    ).is_open_question
    assert not period_result(too_little, strict, Decisions(chosen=Decimal(55))).is_open_question
    assert not period_result([daily_work, exam], strict).is_open_question
    assert not period_result([], strict).is_open_question


def test_both_components_are_shown_with_the_result():
    found = figures_of([counts(12, 20), counts(70, 100, is_exam=True)], PLAN)

    assert (found["daily_work"], found["exam"], found["computed"]) == (60, 70, 66)


def test_a_result_on_too_little_has_no_share_to_recompute_it_from():
    strict = replace(PLAN, least_evidence=Decimal(50))
    found = figures_of([counts(6, 10), CERTIFICATE], strict)

    assert (found["computed"], found["computed_share"], found["is_assessable"]) == (None, None, False)
    assert figures_of([counts(6, 10), CERTIFICATE], PLAN)["computed_share"] == Fraction(3, 5)


def test_the_pass_mark_is_in_percent():
    assert replace(PLAN, pass_mark=Decimal(50)).pass_share == Fraction(1, 2)


def test_the_token_of_the_only_examination_is_shown_whatever_the_daily_work():
    earlier = replace(CERTIFICATE, is_earlier=True)

    assert period_result([counts(6, 10), token(Effect.ZERO), CERTIFICATE, earlier], PLAN).exam_token == "CM"
    assert period_result([replace(token(Effect.ZERO), sign="NR")], PLAN).exam_token == ""


def test_a_cumulative_year_is_its_latest_period():
    periods = [(Fraction(share, 10), Decimal(10)) for share in (4, 5, 8)]

    assert year_share(periods, is_cumulative=True) == Fraction(8, 10)


def test_a_score_adds_its_share_or_its_points_by_its_weight():
    score = counts(15, 20, 2)

    assert weighed(score, PLAN) == Fraction(3, 2)
    assert weighed(score, replace(PLAN, by_points=True)) == 30
    assert weighed(token(Effect.ZERO), PLAN) == 0


def test_a_closed_gradebook_keeps_no_more_of_a_score_than_is_unusual():
    usual = replace(counts(15, 20), assessment=7)

    assert keep_score(usual) == [7, "15", "20", "1"]
    assert keep_score(replace(usual, category=3)) == [7, "15", "20", "1", 3]
    assert keep_score(replace(usual, is_exam=True)) == [7, "15", "20", "1", 0, True]
    assert keep_score(replace(usual, is_earlier=True)) == [7, "15", "20", "1", 0, False, "COUNTS", "", True]

"""The arithmetic of competences, without a database."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.gradebook.competence_levels import Method, outcome, rank_of

NA, EVA, A = range(3)
NE = None
THIRDS = {A: Fraction(2, 3), EVA: Fraction(1, 2)}


@pytest.mark.parametrize(
    ("ranks", "method", "found"),
    [
        ([A, A, NA], Method.MODE, A),
        ([A, NA], Method.MODE, A),  # met as often: the better one
        ([NA, A, EVA], Method.LAST, EVA),
        ([NA, A, NE], Method.LAST, A),
        ([NA, A, EVA], Method.BEST, A),
        ([NA, EVA, EVA, A], Method.MEAN, EVA),
        ([NA, EVA], Method.MEAN, EVA),  # halves up
        ([A, A, NA], Method.THRESHOLDS, A),
        ([A, EVA, NA], Method.THRESHOLDS, EVA),
        ([A, NA, NA], Method.THRESHOLDS, NA),
        ([NE, NE], Method.MODE, None),
        ([], Method.BEST, None),
    ],
)
def test_several_evaluations_make_one_level(ranks, method, found):
    assert outcome(ranks, method, THIRDS).rank == found


def test_an_outcome_says_what_it_stands_on():
    found = outcome([A, NE, A, NA], Method.MODE)

    assert found.evaluations == 3
    assert found.met == {A: 2, NA: 1}


some_ranks = st.lists(st.none() | st.integers(0, 3), max_size=12)
thresholds = st.dictionaries(st.integers(0, 3), st.fractions(0, 1), max_size=4)
methods = st.sampled_from(list(Method))
monotone = st.sampled_from([method for method in Method if method is not Method.MODE])


@given(some_ranks, methods, thresholds)
def test_the_order_matters_for_the_latest_only(ranks, method, least):
    if method is not Method.LAST:
        for other in (ranks[::-1], ranks[1::2] + ranks[::2], sorted(ranks, key=str)):
            assert outcome(other, method, least) == outcome(ranks, method, least)


@given(some_ranks, methods, thresholds)
def test_what_was_not_assessed_counts_nowhere(ranks, method, least):
    assert outcome(ranks, method, least) == outcome(
        [rank for rank in ranks if rank is not None], method, least
    )


@given(some_ranks, methods, thresholds)
def test_the_level_lies_among_those_reached(ranks, method, least):
    counted = [rank for rank in ranks if rank is not None]
    found = outcome(ranks, method, least).rank

    assert (found is None) == (not counted)
    if counted:
        assert min(counted) <= found <= max(counted)


@given(some_ranks, monotone, thresholds, st.integers(0, 11))
def test_a_better_evaluation_never_makes_a_worse_level(ranks, method, least, place):
    before = outcome(ranks, method, least).rank
    if before is None or place >= len(ranks) or ranks[place] is None:
        return
    better = [min(rank + 1, 3) if at == place else rank for at, rank in enumerate(ranks)]

    assert outcome(better, method, least).rank >= before


@given(some_ranks)
def test_no_level_is_met_more_often_than_the_one_met_most_often(ranks):
    found = outcome(ranks, Method.MODE)

    if found.rank is not None:
        assert found.met[found.rank] == max(found.met.values())
    assert sum(found.met.values()) == found.evaluations == sum(1 for rank in ranks if rank is not None)
    assert Counter(rank for rank in ranks if rank is not None) == Counter(found.met)


def test_points_amount_to_the_best_level_they_reach():
    reached_from = [Fraction(0), Fraction(1, 2), Fraction(7, 10)]

    assert [rank_of(Fraction(it, 10), reached_from) for it in (0, 4, 5, 6, 7, 10)] == [NA, NA, EVA, EVA, A, A]
    assert rank_of(Fraction(1), [None, None]) is None

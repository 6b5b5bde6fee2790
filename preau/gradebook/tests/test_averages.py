"""The arithmetic of results, without a database."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.gradebook.averages import Effect, Plan, Score, component, mean, result

PLAN = Plan()


def counts(points, out_of, weight=1, *, is_exam=False):
    return Score(Decimal(out_of), Decimal(weight), Effect.COUNTS, Decimal(str(points)), is_exam)


def token(effect, out_of=20, weight=1, *, is_exam=False):
    return Score(Decimal(out_of), Decimal(weight), effect, is_exam=is_exam)


DAILY_WORK = [counts(7, 10), token(Effect.ZERO, 20, 2), token(Effect.LEFT_OUT, 15)]


def test_the_worked_example():
    """7/10 counts once, a work not handed in twice, a certificate not at all; 62/100 at the examination."""
    period = result([*DAILY_WORK, counts(62, 100, is_exam=True)], PLAN)

    assert period.daily_work.share == Fraction(7, 30)
    assert period.share == Fraction(40 * 7, 30 * 100) + Fraction(60 * 62, 100 * 100)
    assert PLAN.shown(period.share) == 47
    assert PLAN.fails(PLAN.shown(period.share))


def test_without_an_examination_daily_work_is_the_result():
    period = result([counts(13, 20), counts("13.5", 20)], PLAN)

    assert PLAN.shown(period.share) == 66  # 66,25
    assert period.is_assessable


def test_a_certificate_at_the_examination_leaves_daily_work_alone():
    period = result([counts(63, 100), token(Effect.LEFT_OUT, is_exam=True)], PLAN)

    assert PLAN.shown(period.share) == 63
    assert period.evidence == Fraction(40, 100)
    assert period.is_assessable


def test_too_little_is_not_assessable_and_nothing_is_no_failure():
    strict = replace(PLAN, least_evidence=Decimal(50))

    assert not result([counts(63, 100), token(Effect.LEFT_OUT, is_exam=True)], strict).is_assessable
    assert result([], PLAN).share is None
    assert not PLAN.fails(PLAN.shown(None))


def test_what_is_not_typed_yet_counts_nowhere():
    assert result([counts(8, 10), token(Effect.MISSING)], PLAN) == result([counts(8, 10)], PLAN)


@pytest.mark.parametrize(
    ("share", "scale", "step", "shown"),
    [
        ("0.4949", 100, "1", "49"),
        ("0.495", 100, "1", "50"),  # half up
        ("0.56925", 20, "0.1", "11.4"),
        ("0.475", 20, "0.5", "9.5"),
        ("1", 60, "1", "60"),
        ("0", 6, "0.5", "0"),
    ],
)
def test_rounding_is_half_up_and_happens_once(share, scale, step, shown):
    assert Plan(scale=Decimal(scale), step=Decimal(step)).shown(Fraction(share)) == Decimal(shown)


def test_what_is_shown_decides_about_failure():
    assert PLAN.fails(PLAN.shown(Fraction("0.494")))
    assert not PLAN.fails(PLAN.shown(Fraction("0.495")))


points = st.decimals(0, 100, places=2, allow_nan=False)
effects = st.sampled_from(list(Effect))
scores = st.builds(
    Score,
    out_of=st.just(Decimal(100)),
    weight=st.decimals(0, 10, places=1),
    effect=effects,
    points=points,
    is_exam=st.booleans(),
)
many = st.lists(scores, max_size=12)


@given(many, st.randoms(use_true_random=False))
def test_the_order_never_matters(cells, chance):
    shuffled = list(cells)
    chance.shuffle(shuffled)

    assert result(shuffled, PLAN) == result(cells, PLAN)


@given(many)
def test_a_result_stays_within_the_scale(cells):
    shown = PLAN.shown(result(cells, PLAN).share)

    assert shown is None or 0 <= shown <= 100


@given(many, scores)
def test_what_is_left_out_changes_neither_sum(cells, extra):
    more = component([*cells, replace(extra, effect=Effect.LEFT_OUT)])

    assert (more.share, more.counted, more.achieved) == (
        component(cells).share,
        component(cells).counted,
        component(cells).achieved,
    )


@given(many, st.data())
def test_a_better_grade_never_lowers_the_result(cells, data):
    counted = [place for place, cell in enumerate(cells) if cell.effect is Effect.COUNTS]
    if not counted:
        return
    place = data.draw(st.sampled_from(counted))
    better = list(cells)
    better[place] = replace(cells[place], points=min(cells[place].points + 10, Decimal(100)))

    before, after = result(cells, PLAN).share, result(better, PLAN).share
    assert before is None or after >= before


@given(st.lists(st.tuples(st.fractions(0, 1) | st.none(), st.fractions(1, 50)), max_size=10))
def test_a_mean_lies_between_its_extremes(weighted):
    there = [value for value, _weight in weighted if value is not None]
    whole = mean(weighted)

    assert (whole is None) == (not there)
    assert whole is None or min(there) <= whole <= max(there)

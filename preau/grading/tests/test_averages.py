"""The arithmetic of results, without a database."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..averages import Effect, Score, component, mean, result
from ..plans import Plan, Rounding

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
plans = st.builds(
    Plan,
    by_points=st.booleans(),
    drop_lowest=st.integers(0, 3),
    best_of=st.integers(0, 4),
    rounds_components=st.just(False),
    category_weights=st.dictionaries(st.integers(0, 2), st.decimals(0, 5, places=1), max_size=3),
)
scores = st.builds(
    Score,
    out_of=st.just(Decimal(100)),
    weight=st.decimals(0, 10, places=1),
    effect=effects,
    points=points,
    is_exam=st.booleans(),
    category=st.integers(0, 2),
)
many = st.lists(scores, max_size=12)


@given(many, plans, st.randoms(use_true_random=False))
def test_the_order_never_matters(cells, plan, chance):
    shuffled = list(cells)
    chance.shuffle(shuffled)
    one, other = result(shuffled, plan), result(cells, plan)

    assert (one.share, one.is_assessable) == (other.share, other.is_assessable)


def test_of_equal_grades_the_heaviest_is_kept_whichever_came_first():
    light, heavy = (
        Score(Decimal(100), Decimal(weight), Effect.COUNTS, Decimal(0)) for weight in ("0.1", "0.9")
    )
    plan = replace(PLAN, best_of=1, least_evidence=Decimal(50))

    assert [result(cells, plan).is_assessable for cells in ([light, heavy], [heavy, light])] == [True, True]


@given(many, plans)
def test_a_result_stays_within_the_scale(cells, plan):
    shown = plan.shown(result(cells, plan).share)

    if shown is not None:
        assert 0 <= shown <= 100


@given(many, scores)
def test_what_is_left_out_changes_neither_sum(cells, extra):
    more = component([*cells, replace(extra, effect=Effect.LEFT_OUT)], PLAN)

    assert (more.share, more.counted, more.achieved) == (
        component(cells, PLAN).share,
        component(cells, PLAN).counted,
        component(cells, PLAN).achieved,
    )


@given(many, plans, st.data())
def test_a_better_grade_never_lowers_the_result(cells, plan, data):
    counted = [place for place, cell in enumerate(cells) if cell.effect is Effect.COUNTS]
    if not counted:
        return
    place = data.draw(st.sampled_from(counted))
    better = list(cells)
    better[place] = replace(cells[place], points=min(cells[place].points + 10, Decimal(100)))

    before, after = result(cells, plan).share, result(better, plan).share
    if before is not None:
        assert after >= before


@given(st.lists(st.tuples(st.fractions(0, 1) | st.none(), st.fractions(1, 50)), max_size=10))
def test_a_mean_lies_between_its_extremes(weighted):
    there = [value for value, _weight in weighted if value is not None]
    whole = mean(weighted)

    assert (whole is None) == (not there)
    if there:
        assert min(there) <= whole <= max(there)


@given(many, st.integers(0, 3))
def test_dropping_never_lowers_the_result(cells, dropped):
    whole, without = result(cells, PLAN).share, result(cells, replace(PLAN, drop_lowest=dropped)).share

    assert (whole is None) == (without is None)
    if whole is not None:
        assert without >= whole


@given(many, st.integers(1, 50))
def test_weights_are_relative(cells, factor):
    """Renormalised weights sum to one: multiplying all of them changes nothing."""
    heavier = [replace(cell, weight=cell.weight * factor) for cell in cells]
    plan = replace(
        PLAN, daily_work_weight=PLAN.daily_work_weight * factor, exam_weight=PLAN.exam_weight * factor
    )

    assert result(heavier, plan).share == result(cells, PLAN).share


def test_the_lowest_is_dropped_and_told():
    period = result([counts(4, 10), counts(8, 10), counts(9, 10)], replace(PLAN, drop_lowest=1))

    assert period.share == Fraction(17, 20)
    assert period.dropped == {0}


def test_what_is_dropped_is_what_helps_most_not_what_is_lowest():
    """5/10 five times as heavy pulls more than 4/10: leaving it out is better."""
    period = result([counts(4, 10), counts(5, 10, 5), counts(9, 10)], replace(PLAN, drop_lowest=1))

    assert period.share == Fraction(13, 20)


def test_the_only_grade_is_never_dropped():
    assert result([counts(4, 10)], replace(PLAN, drop_lowest=2)).share == Fraction(2, 5)


def test_points_weigh_where_the_school_says_so():
    cells = [counts(10, 20), counts(40, 40)]

    assert result(cells, PLAN).share == Fraction(3, 4)
    assert result(cells, replace(PLAN, by_points=True)).share == Fraction(50, 60)


def test_categories_weigh_where_the_school_says_so():
    """Three interros count together once, the contrôle three times."""
    interros = [replace(counts(points, 10), category=1) for points in (4, 6, 8)]
    test = replace(counts(9, 10), category=2)
    plan = replace(PLAN, category_weights={1: Decimal(1), 2: Decimal(3)})

    assert result([*interros, test], plan).share == Fraction(6 + 27, 40)
    assert result(interros, plan).share == Fraction(6, 10)


def test_components_are_rounded_first_where_the_school_does_so():
    cells = [counts("49.5", 100), counts("49.4", 100, is_exam=True)]

    assert PLAN.shown(result(cells, PLAN).share) == 49  # 49,44
    assert (
        PLAN.shown(result(cells, replace(PLAN, rounds_components=True)).share) == 49
    )  # (50 × 40 + 49 × 60) / 100
    half = replace(PLAN, rounds_components=True, daily_work_weight=Decimal(50), exam_weight=Decimal(50))
    assert half.shown(result(cells, half).share) == 50  # 49,5


@pytest.mark.parametrize(
    ("rounding", "shown"),
    [("HALF_UP", [3, 4, 3]), ("HALF_EVEN", [2, 4, 3]), ("UP", [3, 4, 3]), ("DOWN", [2, 3, 2])],
)
def test_each_way_of_rounding(rounding, shown):
    plan = Plan(rounding=Rounding(rounding))

    assert [plan.shown(Fraction(value, 1000)) for value in (25, 35, 27)] == shown

"""
How a result is computed. Pure arithmetic: exact fractions in, exact fractions out, no database.

A period's result has two components, daily work and the examination. Each is the weighted mean of what was
achieved, as a share of the maximum; what is left out (a certificate) disappears from both sums, what counts
as zero stays. A component of which nothing is left gives its weight to the other. Nothing is rounded but
once, when the result is shown (unless the school rounds its components too); and what is shown is what
decides about failure.

docs/how/how-a-result-is-computed.md tells the same with a worked example, which is a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from .plans import Plan, exact

NOTHING = Fraction(0)
WHOLE = Fraction(1)


class Effect(Enum):
    """What a cell does to the sums."""

    COUNTS = "COUNTS"
    ZERO = "ZERO"
    LEFT_OUT = "LEFT_OUT"
    MISSING = "MISSING"


@dataclass(slots=True)
class Score:
    """
    One cell as arithmetic sees it. `points` matter only when the effect is COUNTS.

    Arithmetic does not look at the last three: they tell whoever explains a result what stood where.
    """

    out_of: Decimal
    weight: Decimal
    effect: Effect = Effect.COUNTS
    points: Decimal = Decimal(0)
    is_exam: bool = False
    category: int = 0
    assessment: int = 0
    """The key of the assessment."""
    sign: str = ""
    """The token or the level that stands there."""
    is_earlier: bool = False
    """Whether it is of an earlier period, which counts too."""

    @property
    def share(self) -> Fraction:
        """Return what was achieved as a share of the maximum, zero when it counts as zero."""
        return exact(self.points) / exact(self.out_of) if self.effect is Effect.COUNTS else NOTHING


@dataclass(frozen=True, slots=True)
class Component:
    """Daily work, or the examination: the weighted mean of its scores, and how much of it there is."""

    share: Fraction | None
    counted: Fraction
    """The weight of what counts."""
    achieved: Fraction
    """The sum of weight times share: the share is this over what counts."""
    evidence: Fraction | None
    """
    The part, from 0 to 1, of the weight expected that is there; None when nothing was expected. What is
    dropped in favour of better scores is there.
    """
    dropped: frozenset[int] = frozenset()
    """The places, in what was given, of the scores dropped in favour of better ones."""
    categories: tuple[WeighedCategory, ...] = ()
    """Its kinds of work, each with its weight, where these have weights."""


@dataclass(frozen=True, slots=True)
class WeighedCategory:
    """A kind of work inside daily work: what it weighs there, and what it comes to."""

    category: int
    weight: Fraction
    component: Component


NOTHING_THERE = Component(share=None, counted=NOTHING, achieved=NOTHING, evidence=None)
LEFT_OUT = Component(share=None, counted=NOTHING, achieved=NOTHING, evidence=NOTHING)


@dataclass(frozen=True, slots=True)
class Result:
    """What a period comes to in one course, with all that explains it."""

    daily_work: Component
    exam: Component
    share: Fraction | None
    evidence: Fraction
    """The part of the weight, from 0 to 1, on which the result stands."""
    is_assessable: bool

    @property
    def dropped(self) -> frozenset[int]:
        return self.daily_work.dropped | self.exam.dropped


Placed = tuple[int, Score]
Weighed = tuple[int, Decimal, Score]


def result(scores: Sequence[Score], plan: Plan) -> Result:
    """Return the result that these scores make under a plan."""
    placed = list(enumerate(scores))
    daily_work = _daily_work([(place, score) for place, score in placed if not score.is_exam], plan)
    exam = _component([(place, score) for place, score in placed if score.is_exam], plan, keep_all=True)
    parts = ((daily_work, exact(plan.daily_work_weight)), (exam, exact(plan.exam_weight)))
    share = mean((plan.rounded_share(part.share), weight) for part, weight in parts)
    evidence = mean((part.evidence, weight) for part, weight in parts) or NOTHING
    enough = share is not None and evidence * 100 >= exact(plan.least_evidence)
    return Result(daily_work, exam, share, evidence, enough)


def component(scores: Sequence[Score], plan: Plan) -> Component:
    """Return the weighted mean of some scores. What is missing counts nowhere until it is typed."""
    return _component(list(enumerate(scores)), plan)


def _daily_work(placed: Sequence[Placed], plan: Plan) -> Component:
    """Return daily work: one mean, or the mean of its categories where these have weights."""
    if not plan.category_weights:
        return _component(placed, plan)
    categories: dict[int, list[Placed]] = {}
    for place, score in placed:
        categories.setdefault(score.category, []).append((place, score))
    weighed = tuple(
        WeighedCategory(
            category, exact(plan.category_weights.get(category, Decimal(1))), _component(inside, plan)
        )
        for category, inside in sorted(categories.items())
    )
    counted = [(part.component.share, part.weight) for part in weighed if part.component.share is not None]
    return Component(
        share=mean(counted),
        counted=sum((weight for _share, weight in counted), NOTHING),
        achieved=sum((share * weight for share, weight in counted), NOTHING),
        evidence=mean((part.component.evidence, part.weight) for part in weighed),
        dropped=frozenset().union(*(part.component.dropped for part in weighed)),
        categories=weighed,
    )


def _component(placed: Sequence[Placed], plan: Plan, *, keep_all: bool = False) -> Component:
    left_out = weights = Decimal(0)
    counting: list[Weighed] = []
    for place, score in placed:
        weight = score.weight * score.out_of if plan.by_points else score.weight
        if score.effect is Effect.MISSING or not weight:
            continue
        if score.effect is Effect.LEFT_OUT:
            left_out += weight
        else:
            weights += weight
            counting.append((place, weight, score))
    if not counting:
        return LEFT_OUT if left_out else NOTHING_THERE
    best = counting if keep_all else _best(counting, plan.kept(len(counting)))
    dropped = frozenset() if best is counting else _places(counting) - _places(best)
    counted = exact(weights if not dropped else sum((weight for _p, weight, _s in best), Decimal(0)))
    achieved = _achieved(best)
    return Component(
        share=achieved / counted,
        counted=counted,
        achieved=achieved,
        evidence=exact(weights) / exact(weights + left_out) if left_out else WHOLE,
        dropped=dropped,
    )


def _places(weighed: Iterable[Weighed]) -> frozenset[int]:
    return frozenset(place for place, _weight, _score in weighed)


def _achieved(scores: Iterable[Weighed]) -> Fraction:
    """Return the sum of weight times share. Scores out of the same are added first, as exact decimals."""
    by_maximum: dict[Decimal, Decimal] = {}
    for _place, weight, score in scores:
        if score.effect is Effect.COUNTS:
            by_maximum[score.out_of] = by_maximum.get(score.out_of, Decimal(0)) + weight * score.points
    return sum((exact(total) / exact(out_of) for out_of, total in by_maximum.items()), NOTHING)


def _best(counting: list[Weighed], count: int) -> list[Weighed]:
    if count >= len(counting):
        return counting
    chosen = best_scores(
        [(at, Fraction(weight), score.share) for at, (_p, weight, score) in enumerate(counting)], count
    )
    return [counting[at] for at, _weight, _share in chosen]


def best_scores(
    scores: list[tuple[int, Fraction, Fraction]], count: int
) -> list[tuple[int, Fraction, Fraction]]:
    """
    Return the `count` scores (place, weight, share) whose weighted mean is the highest there is. All weigh.

    Dropping the lowest shares is not always best when weights differ; this is (Dinkelbach's method), so that
    a better grade never lowers a result. Of equals the heaviest are kept, whatever the order they came in.
    """
    if count >= len(scores):
        return scores
    best = sorted(scores, key=lambda score: (-score[2], -score[1], score[0]))[:count]
    while True:
        weights = sum((weight for _p, weight, _s in best), NOTHING)
        reached = sum((weight * share for _p, weight, share in best), NOTHING) / weights
        gains = sorted(scores, key=lambda score: (-(score[1] * (score[2] - reached)), -score[1], score[0]))
        better = gains[:count]
        if sum((weight * (share - reached) for _p, weight, share in better), NOTHING) <= 0:
            return best
        best = better


def mean(weighted: Iterable[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    """
    Return the weighted mean of what there is, None when there is nothing.

    The year, the standing since September and a pupil's average are this mean, weighted by the weight of each
    period, or by the weekly periods of each course.
    """
    total, parts = 0, 1  # Sums as numerator and denominator, reduced once at the end: a school has many.
    weights, shares = 0, 1
    for value, weight in weighted:
        if value is not None:
            denominator = value.denominator * weight.denominator
            total = total * denominator + value.numerator * weight.numerator * parts
            parts *= denominator
            weights = weights * weight.denominator + weight.numerator * shares
            shares *= weight.denominator
    return Fraction(total * shares, parts * weights) if weights else None

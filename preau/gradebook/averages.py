"""
How a result is computed. Pure arithmetic: exact fractions in, exact fractions out, no database.

A period's result has two components, daily work and the examination. Each is the weighted mean of what was
achieved, as a share of the maximum; what is left out (a certificate) disappears from both sums, what counts
as zero stays. A component of which nothing is left gives its weight to the other. Nothing is rounded but
once, half up, when the result is shown; and what is shown is what decides about failure.

docs/how/how-a-result-is-computed.md tells the same with a worked example, which is a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

HALF = Fraction(1, 2)
NOTHING = Fraction(0)


class Effect(Enum):
    """What a cell does to the sums."""

    COUNTS = "COUNTS"
    ZERO = "ZERO"
    LEFT_OUT = "LEFT_OUT"
    MISSING = "MISSING"


@dataclass(frozen=True, slots=True)
class Score:
    """One cell as arithmetic sees it. `points` matter only when the effect is COUNTS."""

    out_of: Decimal
    weight: Decimal
    effect: Effect = Effect.COUNTS
    points: Decimal = Decimal(0)
    is_exam: bool = False

    @property
    def share(self) -> Fraction:
        """Return what was achieved as a share of the maximum, zero when it counts as zero."""
        return Fraction(self.points) / Fraction(self.out_of) if self.effect is Effect.COUNTS else NOTHING


@dataclass(frozen=True, slots=True)
class Plan:
    """What a scheme says: weights, scale, rounding step; pass mark and least evidence in percent."""

    daily_work_weight: Decimal = Decimal(40)
    exam_weight: Decimal = Decimal(60)
    scale: Decimal = Decimal(100)
    step: Decimal = Decimal(1)
    pass_mark: Decimal = Decimal(50)
    least_evidence: Decimal = Decimal(25)

    def shown(self, share: Fraction | None) -> Decimal | None:
        """Return a share on the scale, rounded once, half up."""
        if share is None:
            return None
        step = Fraction(self.step)
        whole = (share * Fraction(self.scale) / step + HALF).__floor__()
        return Decimal(whole) * self.step

    def fails(self, shown: Decimal | None) -> bool:
        """Say whether a result, as shown, is under the pass mark. No result is no failure."""
        return shown is not None and shown * 100 < self.pass_mark * self.scale


@dataclass(frozen=True, slots=True)
class Component:
    """Daily work, or the examination: the weighted mean of its scores, and how much of it there is."""

    share: Fraction | None
    counted: Fraction
    """The weight of what counts."""
    expected: Fraction
    """The weight of what counts and of what is left out."""
    achieved: Fraction
    """The sum of weight times share."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a period comes to in one course, with all that explains it."""

    daily_work: Component
    exam: Component
    share: Fraction | None
    evidence: Fraction
    """The part of the weight, from 0 to 1, on which the result stands."""
    is_assessable: bool


def component(scores: Iterable[Score]) -> Component:
    """Return the weighted mean of some scores. What is missing counts nowhere until it is typed."""
    achieved = counted = left_out = NOTHING
    for score in scores:
        if score.effect is Effect.MISSING:
            continue
        weight = Fraction(score.weight)
        if score.effect is Effect.LEFT_OUT:
            left_out += weight
            continue
        counted += weight
        achieved += weight * score.share
    share = achieved / counted if counted else None
    return Component(share, counted, counted + left_out, achieved)


def result(scores: Sequence[Score], plan: Plan) -> Result:
    """Return the result that these scores make under a plan."""
    daily_work = component(score for score in scores if not score.is_exam)
    exam = component(score for score in scores if score.is_exam)
    parts = (
        (daily_work, Fraction(plan.daily_work_weight)),
        (exam, Fraction(plan.exam_weight)),
    )
    share = mean((part.share, weight) for part, weight in parts)
    evidence = (
        mean((part.counted / part.expected, weight) for part, weight in parts if part.expected) or NOTHING
    )
    enough = share is not None and evidence * 100 >= Fraction(plan.least_evidence)
    return Result(daily_work, exam, share, evidence, enough)


def mean(weighted: Iterable[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    """
    Return the weighted mean of what there is, None when there is nothing.

    The year, the standing since September and a pupil's average are this mean, weighted by the weight of each
    period, or by the weekly periods of each course.
    """
    total = weights = NOTHING
    for value, weight in weighted:
        if value is not None:
            total += value * weight
            weights += weight
    return total / weights if weights else None

"""What a scheme says of weights, rounding and the pass mark, as the arithmetic needs it. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache

HALF = Fraction(1, 2)


@lru_cache(maxsize=4096)
def exact(value: Decimal) -> Fraction:
    """Return a number as an exact fraction. The same few weights and maxima come back all the time."""
    return Fraction(value)


class Rounding(Enum):
    """Where a value between two steps of the scale goes."""

    HALF_UP = "HALF_UP"
    HALF_EVEN = "HALF_EVEN"
    UP = "UP"
    DOWN = "DOWN"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a scheme says. Pass mark and least evidence are in percent."""

    daily_work_weight: Decimal = Decimal(40)
    exam_weight: Decimal = Decimal(60)
    scale: Decimal = Decimal(100)
    step: Decimal = Decimal(1)
    rounding: Rounding = Rounding.HALF_UP
    rounds_components: bool = False
    pass_mark: Decimal = Decimal(50)
    least_evidence: Decimal = Decimal(25)
    by_points: bool = False
    """Whether a test out of 40 weighs twice as much as one out of 20."""
    category_weights: Mapping[int, Decimal] = field(default_factory=dict)
    """When there are any, daily work is the mean of its categories, each with its weight (1 unless told)."""
    drop_lowest: int = 0
    """How many of the scores of daily work (of each category, when there are weights) are dropped."""
    best_of: int = 0
    """How many scores are kept at most, the best; 0 keeps all."""
    is_cumulative: bool = False
    """Whether a period counts everything since September: whoever gathers the scores looks at it."""

    @property
    def figures(self) -> tuple[Decimal, ...]:
        """Return what a card says of a plan: scale, pass mark, weights."""
        return (self.scale, self.pass_mark, self.daily_work_weight, self.exam_weight)

    @property
    def pass_share(self) -> Fraction:
        """Return the pass mark as a share, from 0 to 1."""
        return exact(self.pass_mark) / 100

    def is_low(self, points: Decimal | None, out_of: Decimal) -> bool:
        """Say whether a grade is under the pass mark. No grade is not."""
        return points is not None and points * 100 < self.pass_mark * out_of

    def shown(self, share: Fraction | None) -> Decimal | None:
        """Return a share on the scale, rounded to its step."""
        if share is None:
            return None
        return self._rounded(share * exact(self.scale) / exact(self.step)) * self.step

    def fails(self, shown: Decimal | None) -> bool:
        """Say whether a result, as shown, is under the pass mark. No result is no failure."""
        return shown is not None and shown * 100 < self.pass_mark * self.scale

    def kept(self, count: int) -> int:
        """Return how many of so many scores count: never none of them."""
        kept = max(count - self.drop_lowest, min(count, 1))
        return min(kept, self.best_of) if self.best_of else kept

    def rounded_share(self, share: Fraction | None) -> Fraction | None:
        """Return a component's share as it goes on: rounded first, where the school does so."""
        if share is None or not self.rounds_components:
            return share
        return exact(self.shown(share) or Decimal(0)) / exact(self.scale)

    def _rounded(self, value: Fraction) -> int:
        if self.rounding is Rounding.UP:
            return value.__ceil__()
        if self.rounding is Rounding.DOWN:
            return value.__floor__()
        return round(value) if self.rounding is Rounding.HALF_EVEN else (value + HALF).__floor__()

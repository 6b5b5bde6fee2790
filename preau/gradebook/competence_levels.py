"""
How the evaluations of a competence become one level. Pure arithmetic: ranks in, a rank out, no database.

A rank is the place of a level in its scale: 0 for the lowest that counts, then 1, 2… What was not assessed is
None and counts nowhere. Where two levels are met as often, the better one is given. Only the latest level
looks at the order in which pupils were evaluated.

A better evaluation never makes a worse level, but for the level met most often: it looks at how often, not
at how well, and a school that minds may prefer another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

HALF = Fraction(1, 2)
Ranks = Sequence[int]


class Method(Enum):
    """How a school makes one level of several."""

    MODE = "MODE"
    LAST = "LAST"
    BEST = "BEST"
    MEAN = "MEAN"
    THRESHOLDS = "THRESHOLDS"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The level that evaluations come to, and what it stands on."""

    rank: int | None
    evaluations: int
    """How many counted."""
    met: Mapping[int, int] = field(default_factory=dict)
    """How often each rank was met."""


def outcome(
    ranks: Sequence[int | None], method: Method, thresholds: Mapping[int, Fraction] | None = None
) -> Outcome:
    """
    Return what evaluations, from the oldest to the latest, come to.

    :param thresholds: for THRESHOLDS, the share of the evaluations that must reach a rank or better, by rank
    """
    counted = [rank for rank in ranks if rank is not None]
    if not counted:
        return Outcome(None, 0)
    by_thresholds = method is Method.THRESHOLDS
    found = _reached(counted, thresholds or {}) if by_thresholds else METHODS[method](counted)
    return Outcome(found, len(counted), Counter(counted))


def _most_often(ranks: Ranks) -> int:
    met = Counter(ranks)
    return max(met, key=lambda rank: (met[rank], rank))


def _mean(ranks: Ranks) -> int:
    """Return the mean of the ranks, rounded to the nearest, halves up."""
    return (Fraction(sum(ranks), len(ranks)) + HALF).__floor__()


def _reached(ranks: Ranks, thresholds: Mapping[int, Fraction]) -> int:
    """Return the best rank that a large enough share of the evaluations reach; the lowest met when none."""
    reached = [
        rank
        for rank, least in thresholds.items()
        if Fraction(sum(1 for other in ranks if other >= rank), len(ranks)) >= least and max(ranks) >= rank
    ]
    return max([*reached, min(ranks)])


METHODS: dict[Method, Callable[[Ranks], int]] = {
    Method.MODE: _most_often,
    Method.LAST: lambda ranks: ranks[-1],
    Method.BEST: max,
    Method.MEAN: _mean,
}


def rank_of(share: Fraction, reached_from: Sequence[Fraction | None]) -> int | None:
    """
    Return the rank that points amount to, None where the scale does not say.

    :param share: what was achieved, as a share of the maximum
    :param reached_from: for each rank from the lowest, the share from which it is reached
    """
    reached = [rank for rank, least in enumerate(reached_from) if least is not None and share >= least]
    return max(reached, default=None)

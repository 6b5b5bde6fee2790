"""
The result of a pupil in a course for a period: one value, without a database.

What is computed, what people made of it, what stands, whether it fails, what further means are made of: all
that shows a result asks this value, so that a sheet, a report card and a letter cannot say different things.
docs/how/how-a-result-is-computed.md tells the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from . import averages
from .averages import Effect, Score
from .plans import HALF, Plan, exact

BRACKETS, STAR = "BRACKETS", "STAR"
"""How a council writes a result that is no failure and in no average; one that the examination replaces."""
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people made of a result: figures on the scale of the plan, None where nobody decided."""

    chosen: Decimal | None = None
    """By the teacher."""
    deliberated: Decimal | None = None
    """By the council."""
    attribute: str = ""
    """How the council wrote it; nothing when it did not."""

    @property
    def figure(self) -> Decimal | None:
        """Return what goes before the computed result: the council's figure, else the teacher's."""
        return self.chosen if self.deliberated is None else self.deliberated

    def over(self, computed: Decimal | None) -> Decimal | None:
        """Return what stands: what was decided, else what is computed."""
        return computed if self.figure is None else self.figure

    def __bool__(self) -> bool:
        return self.figure is not None or bool(self.attribute)


UNDECIDED = Decisions()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodResult:
    """The result of a period. Figures are on the scale of the plan, as they are shown; shares are exact."""

    plan: Plan
    daily_work: Decimal | None
    exam: Decimal | None
    exam_token: str
    """The sign that stands instead of the only examination."""
    computed: Decimal | None
    computed_share: Fraction | None
    is_assessable: bool
    is_frozen: bool = False
    """Whether the gradebook is closed: the figures are those of the closing."""
    decisions: Decisions = UNDECIDED

    @property
    def retained(self) -> Decimal | None:
        """Return what stands: decided by the council, else retained by the teacher, else computed."""
        return self.decisions.over(self.computed)

    @property
    def is_retained_apart(self) -> bool:
        """Say whether what stands is another figure than the computed one."""
        return self.retained != self.computed

    @property
    def retained_share(self) -> Fraction | None:
        """
        Return what stands as an exact share.

        A decided figure equal to the computed one confirms it, and keeps its exact share.
        """
        retained = self.retained
        if retained is None or retained == self.computed:
            return self.computed_share
        return exact(retained) / exact(self.plan.scale)

    @property
    def is_bracketed(self) -> bool:
        return self.decisions.attribute == BRACKETS

    @property
    def star_is_of_then(self) -> bool:
        """Say whether the council gave the examination, and the examination is another by now."""
        return self.decisions.attribute == STAR and self.decisions.deliberated != self.exam

    @property
    def share(self) -> Fraction | None:
        """Return what further means are made of: what stands, nothing for a result in brackets."""
        return None if self.is_bracketed else self.retained_share

    @property
    def fails(self) -> bool:
        """Say whether what stands is under the pass mark. In brackets it is no failure."""
        return not self.is_bracketed and self.plan.fails(self.retained)

    @property
    def computed_fails(self) -> bool:
        """Say whether the computed figure is shown as low: under the pass mark, and not in brackets."""
        return not self.is_bracketed and self.plan.fails(self.computed)

    @property
    def is_open_question(self) -> bool:
        """Say whether there is too little to assess the pupil, and nobody has decided."""
        something = self.daily_work is not None or self.exam is not None or bool(self.exam_token)
        return self.retained is None and not self.is_assessable and something


def figures_of(scores: Sequence[Score], plan: Plan) -> dict[str, Any]:
    """Return the computed figures of a result, by their names in `PeriodResult`."""
    found = averages.result(scores, plan)
    return {
        "daily_work": plan.shown(found.daily_work.share),
        "exam": plan.shown(found.exam.share),
        "exam_token": only_exam_token(scores),
        "computed": plan.shown(found.share) if found.is_assessable else None,
        "computed_share": found.share if found.is_assessable else None,
        "is_assessable": found.is_assessable,
    }


def period_result(scores: Sequence[Score], plan: Plan, decisions: Decisions = UNDECIDED) -> PeriodResult:
    """Return the result that scores make under a plan, with what people made of it."""
    return PeriodResult(plan=plan, decisions=decisions, **figures_of(scores, plan))


def only_exam_token(scores: Iterable[Score]) -> str:
    """Return the token that stands instead of the period's only examination, when it has just one."""
    exams = [score for score in scores if score.is_exam and not score.is_earlier]
    is_token = len(exams) == 1 and exams[0].effect in {Effect.ZERO, Effect.LEFT_OUT}
    return exams[0].sign if is_token else ""


def year_share(
    periods: Iterable[tuple[Fraction | None, Decimal]], *, is_cumulative: bool = False
) -> Fraction | None:
    """
    Return what several periods come to, in order, each with its weight; the plain mean when none weighs.

    Under a cumulative plan the latest period says it all.
    """
    there = [(share, exact(Decimal(weight))) for share, weight in periods if share is not None]
    if there and is_cumulative:
        return there[-1][0]
    if not any(weight for _share, weight in there):
        return averages.mean((share, Fraction(1)) for share, _weight in there)
    return averages.mean(there)


def mean_figure(figures: Iterable[Decimal | None], step: Decimal = TENTH) -> Decimal | None:
    """Return the mean of the figures there are, to the nearest step, halves up: 50 and 51 give 51."""
    there = [figure for figure in figures if figure is not None]
    return nearest(exact(sum(there, Decimal(0))) / len(there), step) if there else None


def nearest(value: Fraction | Decimal, step: Decimal = TENTH) -> Decimal:
    """Return a value to the nearest step, halves up, the one way in which means and medians are shown."""
    return (Fraction(value) / exact(step) + HALF).__floor__() * step


def weighed(score: Score, plan: Plan) -> Fraction:
    """Return what a score adds to the sum: its share, or under a plan by points its points, by its weight."""
    weight = exact(score.weight) * (exact(score.out_of) if plan.by_points else 1)
    return score.share * weight


# ---- Scores as a closed gradebook keeps them ----

Kept = list[Any]
LEFT_AWAY: Kept = [0, False, Effect.COUNTS.value, "", False]


def keep_score(score: Score) -> Kept:
    """Return a score as plain data: what is usual at its end is left away."""
    tail = [score.category, score.is_exam, score.effect.value, score.sign, score.is_earlier]
    while tail and tail[-1] == LEFT_AWAY[len(tail) - 1]:
        tail.pop()
    return [score.assessment, f"{score.points:f}", f"{score.out_of:f}", f"{score.weight:f}", *tail]


def read_score(kept: Kept) -> Score:
    """Return the score that was kept as plain data."""
    assessment, points, out_of, weight, *tail = kept
    category, is_exam, effect, sign, is_earlier = [*tail, *LEFT_AWAY[len(tail) :]]
    return Score(
        Decimal(out_of),
        Decimal(weight),
        Effect(effect),
        Decimal(points),
        is_exam,
        category,
        assessment,
        sign,
        is_earlier,
    )

"""From cells to scores, and from scores to the result of a pupil: open, or as it was frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from preau.grading.averages import Effect, Score
from preau.grading.models import Category, Scheme, Token
from preau.grading.queries import level_codes, scheme_kept
from preau.grading.results import UNDECIDED, Decisions, PeriodResult, figures_of, read_score

from ..models import Assessment, Grade

TOKEN_EFFECTS: dict[str | None, Effect] = {
    Token.Effect.ZERO: Effect.ZERO,
    Token.Effect.IGNORED: Effect.LEFT_OUT,
}
EXAM = Category.Component.EXAM
NO_POINTS = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilResult(PeriodResult):
    """The result of a pupil in a course, the group that keeps it, and what it is made of."""

    pupil_id: int
    group_id: int
    scheme: Scheme
    scores: Sequence[Score] = ()
    """In the order of the gradebook, earlier periods first; of a frozen result only when asked for."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What an assessment gives to each of its scores: taken from it once, whatever the number of pupils."""

    assessment: int
    out_of: Decimal
    weight: Decimal
    category: int
    is_exam: bool
    is_earlier: bool

    def score(self, points: Decimal | None, effect: str | None, sign: str = "") -> Score:
        """Return a cell as arithmetic sees it. `effect` is that of its token, None when it has none."""
        if effect is not None:
            meaning = TOKEN_EFFECTS[effect]
        else:
            meaning = Effect.MISSING if points is None else Effect.COUNTS
        return Score(
            self.out_of,
            self.weight,
            meaning,
            NO_POINTS if points is None else points,
            self.is_exam,
            self.category,
            self.assessment,
            sign,
            self.is_earlier,
        )


def weighed(assessment: Assessment, *, is_earlier: bool = False) -> Weighed:
    """Return what an assessment gives to its scores, in its own period or in a later one."""
    return Weighed(
        assessment.pk,
        assessment.max_points,
        assessment.weight,
        assessment.category_id,
        assessment.category.component == EXAM,
        is_earlier,
    )


def score_of(grade: Grade, assessment: Assessment, scheme: Scheme, *, is_earlier: bool = False) -> Score:
    """Return a grade as arithmetic sees it under a scheme."""
    token = grade.token
    sign = token.code if token else level_codes()[grade.level_id] if grade.level_id else ""
    effect = scheme.effect(token.code, token.effect) if token else None
    return weighed(assessment, is_earlier=is_earlier).score(grade.points, effect, sign)


def live_result(
    pupil_id: int,
    group_id: int,
    scheme: Scheme,
    scores: Sequence[Score],
    decisions: Decisions = UNDECIDED,
) -> PupilResult:
    """Return what scores come to now."""
    figures = figures_of(scores, scheme.plan)
    return PupilResult(
        pupil_id=pupil_id,
        group_id=group_id,
        scheme=scheme,
        plan=scheme.plan,
        scores=scores,
        decisions=decisions,
        **figures,
    )


def frozen_result(row: Any, *, group_id: int, decisions: Decisions, with_scores: bool = False) -> PupilResult:
    """Return a result as it was frozen: a row of `CourseResult`, or its fields by name."""
    scheme = scheme_kept(row.scheme_id)
    return PupilResult(
        pupil_id=row.pupil_id,
        group_id=group_id,
        scheme=scheme,
        plan=scheme.plan,
        daily_work=row.daily_work,
        exam=row.exam,
        exam_token=row.exam_token,
        computed=row.computed,
        computed_share=row.share,
        is_assessable=row.is_assessable,
        is_frozen=True,
        decisions=decisions,
        scores=[read_score(kept) for kept in row.scores or ()] if with_scores else (),
    )


def decisions_of(row: Any) -> Decisions:
    """Return what people decided about a result, by the row that keeps it."""
    undecided = row.chosen is None and row.deliberated is None and not row.attribute
    return UNDECIDED if undecided else Decisions(row.chosen, row.deliberated, row.attribute)

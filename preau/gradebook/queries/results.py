"""What grades come to: one row of a sheet, or the whole school at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q

from preau.grading import averages
from preau.grading.averages import Effect, Plan, Score
from preau.grading.models import Category, CourseResult, Scheme, Token
from preau.grading.queries import Schemes
from preau.structure.models import ReportPeriod

from ..models import Assessment, Grade

TOKEN_EFFECTS: dict[str | None, Effect] = {
    Token.Effect.ZERO: Effect.ZERO,
    Token.Effect.IGNORED: Effect.LEFT_OUT,
}
EXAM = Category.Component.EXAM
MOST_NAMED = 500
"""How many assessments are asked for by name; above that it is quicker to ask for the whole period."""


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """The result of one pupil in one course group for a period, on the scheme's scale, as it is shown."""

    pupil_id: int
    group_id: int
    scheme: Scheme
    daily_work: Decimal | None
    exam: Decimal | None
    exam_token: str
    computed: Decimal | None
    retained: Decimal | None
    """What stands: decided by the council, else retained by the teacher, else computed."""
    share: Fraction | None
    """What further means are made of: the retained result as a share of the scale."""
    computed_share: Fraction | None
    is_assessable: bool
    is_frozen: bool
    attribute: str = ""
    """How the council wrote it (`CourseResult.Attribute`), nothing when it did not."""

    @property
    def is_bracketed(self) -> bool:
        """Say whether it is ignored: neither a failure nor in any average."""
        return self.attribute == CourseResult.Attribute.BRACKETS

    @property
    def fails(self) -> bool:
        return not self.is_bracketed and self.scheme.plan.fails(self.retained)


def score(points: Decimal | None, effect: str | None, assessment: Assessment) -> Score:
    """Return a cell as arithmetic sees it. `effect` is that of its token, None when it has none."""
    if effect is not None:
        meaning = TOKEN_EFFECTS[effect]
    else:
        meaning = Effect.MISSING if points is None else Effect.COUNTS
    return Score(
        out_of=assessment.max_points,
        weight=assessment.weight,
        effect=meaning,
        points=points or Decimal(0),
        is_exam=assessment.category.component == EXAM,
        category=assessment.category_id,
    )


def only_exam_token(cells: Iterable[tuple[Assessment, str]]) -> str:
    """Return the token that stands instead of the only examination, when there is just one and it has one."""
    exams = [token for assessment, token in cells if assessment.category.component == EXAM]
    return exams[0] if len(exams) == 1 else ""


def figures_of(result: averages.Result, plan: Plan) -> dict[str, Any]:
    """Return the figures of a result as a row of `CourseResult` keeps them."""
    return {
        "daily_work": plan.shown(result.daily_work.share),
        "exam": plan.shown(result.exam.share),
        "computed": plan.shown(result.share) if result.is_assessable else None,
        "share": result.share if result.is_assessable else None,
        "is_assessable": result.is_assessable,
    }


def period_results(
    period: ReportPeriod,
    *,
    groups: Iterable[int] | None = None,
    pupils: Iterable[int] | None = None,
    schemes: Schemes | None = None,
    anew: bool = False,
) -> dict[tuple[int, int], PeriodResult]:
    """
    Return the results of a period by (pupil, group): frozen ones as they were, the others computed now.

    Four queries whatever the number of pupils; the whole school of 1 000 in a few seconds. Pupils who have
    neither a grade nor a frozen result have no line.

    :param schemes: those to compute with, when not those of the period
    :param anew: whether frozen results, and what teachers retained, are left aside
    """
    schemes = schemes or Schemes(period.starts_on)
    where = Q(period=period)
    grades = Q(
        assessment__period__school_year=period.school_year_id,
        assessment__period__starts_on__lte=period.starts_on,
    )
    if not schemes.any_is_cumulative:
        grades = Q(assessment__period=period)
    if groups is not None:
        where, grades = where & Q(group__in=groups), grades & Q(assessment__group__in=groups)
    if pupils is not None:
        where, grades = where & Q(pupil__in=pupils), grades & Q(pupil__in=pupils)

    if anew:
        return _computed_now(period, grades, schemes, frozen=set())
    kept = {(row.pupil_id, row.group_id): row for row in _kept(where)}
    frozen = {key for key, row in kept.items() if row.computed_at}
    still_open = grades & ~Q(assessment__group__in={group_id for _pupil_id, group_id in frozen})
    rows = _computed_now(period, still_open, schemes, frozen)
    for key, row in kept.items():
        if row.computed_at:
            rows[key] = _frozen(row)
        elif key in rows:
            rows[key] = _with_choice(rows[key], row)
    return rows


def _kept(where: Q) -> list[CourseResult]:
    """Return the results that are kept, all those of a scheme sharing it: what it says is asked once."""
    rows = list(CourseResult.objects.filter(where))
    schemes = Scheme.objects.prefetch_related("category_weights", "token_rules__token")
    shared = schemes.in_bulk({row.scheme_id for row in rows if row.scheme_id is not None})
    for row in rows:
        row.scheme = shared[row.scheme_id] if row.scheme_id is not None else None
    return rows


Line = list[tuple[Assessment, Decimal | None, str | None, str]]
"""The cells of a pupil in a group: assessment, points, effect and sign of the token."""


def _computed_now(
    period: ReportPeriod, grades: Q, schemes: Schemes, frozen: set[tuple[int, int]]
) -> dict[tuple[int, int], PeriodResult]:
    cells: defaultdict[tuple[int, int], Line] = defaultdict(list)
    values = list(
        Grade.objects.filter(grades).values_list(
            "pupil_id", "assessment_id", "points", "token__effect", "token__code"
        )
    )
    assessments = _assessments(period, schemes, {assessment_id for _pupil, assessment_id, *_cell in values})
    for pupil_id, assessment_id, points, effect, token in values:
        assessment = assessments.get(assessment_id)
        if assessment and (pupil_id, assessment.group_id) not in frozen:
            cells[pupil_id, assessment.group_id].append((assessment, points, effect, token or ""))
    return {
        key: _result_of(key, schemes.for_course(line[0][0].group.course), period, line)
        for key, line in cells.items()
    }


def _assessments(period: ReportPeriod, schemes: Schemes, graded: set[int]) -> dict[int, Assessment]:
    """Return what counts in a period: its assessments, and earlier ones where the scheme is cumulative."""
    if not graded:
        return {}
    until = Assessment.objects.filter(
        period__school_year=period.school_year_id, period__starts_on__lte=period.starts_on
    ).select_related("category", "group__course")
    if not schemes.any_is_cumulative:
        until = until.filter(period=period)
    if len(graded) <= MOST_NAMED:
        until = until.filter(pk__in=graded)
    return {
        it.pk: it
        for it in until
        if it.counts and (it.period_id == period.pk or schemes.for_course(it.group.course).is_cumulative)
    }


def _result_of(key: tuple[int, int], scheme: Scheme, period: ReportPeriod, line: Line) -> PeriodResult:
    scores = [score(points, scheme.effect(token, effect), it) for it, points, effect, token in line]
    figures = figures_of(averages.result(scores, scheme.plan), scheme.plan)
    now = ((it, token) for it, _points, _effect, token in line if it.period_id == period.pk)
    return PeriodResult(
        pupil_id=key[0],
        group_id=key[1],
        scheme=scheme,
        exam_token=only_exam_token(now),
        retained=figures["computed"],
        computed_share=figures["share"],
        is_frozen=False,
        **figures,
    )


def _frozen(row: CourseResult) -> PeriodResult:
    scheme = row.scheme or Scheme()
    retained = row.retained
    computed_share = share = None if row.share is None else Fraction(row.share)
    if retained is not None and retained != row.computed:
        share = Fraction(retained) / Fraction(scheme.scale)
    return PeriodResult(
        pupil_id=row.pupil_id,
        group_id=row.group_id,
        scheme=scheme,
        daily_work=row.daily_work,
        exam=row.exam,
        exam_token=row.exam_token,
        computed=row.computed,
        retained=retained,
        share=share,
        computed_share=computed_share,
        is_assessable=row.is_assessable,
        is_frozen=True,
        attribute=row.attribute,
    )


def _with_choice(live: PeriodResult, row: CourseResult) -> PeriodResult:
    """Put what the teacher or the council chose beside what is computed while the gradebook is open."""
    chosen = row.chosen if row.deliberated is None else row.deliberated
    if chosen is None:
        return replace(live, attribute=row.attribute)
    share = Fraction(chosen) / Fraction(live.scheme.scale)
    return replace(live, retained=chosen, share=share, attribute=row.attribute)

"""The sheet of a course group for a period: pupils in rows, assessments in columns, results at the right."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Max, Prefetch, Sum

from preau.design.pieces import cote
from preau.grading import averages
from preau.grading.averages import Effect, Plan
from preau.grading.models import Closing, CourseResult, Scheme, Token
from preau.grading.queries import Schemes, level_codes, tokens
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod

from ..models import Assessment, Comment, Grade, PastGrade
from .cells import (
    assessments_before,
    assessments_in,
    class_names_in,
    closings_of,
    comments_in,
    grades_at,
    memberships_in,
    results_kept,
)
from .results import TOKEN_EFFECTS, figures_of, score


@dataclass(slots=True)
class Cell:
    """One cell as it stands. `version` 0 says that nobody has written in it yet."""

    points: Decimal | None = None
    token: str = ""
    effect: str | None = None
    version: int = 0
    remark: str = ""
    level: str = ""

    @property
    def is_empty(self) -> bool:
        return self.points is None and not self.token and not self.level

    @property
    def text(self) -> str:
        """Return what stands in the cell, as one types it."""
        return self.token or self.level or cote(self.points)

    def kind(self, assessment: Assessment) -> str:
        """Return the class of the cell: low, a token, a token that counts as zero, empty."""
        if self.token:
            return "is-zero" if self.effect == Token.Effect.ZERO else "is-token"
        if self.points is None:
            return "is-token" if self.level else "is-empty"
        return "is-low" if self.points * 2 < assessment.max_points else ""


EMPTY = Cell()


@dataclass(slots=True)
class Column:
    """An assessment, with what the class made of it."""

    assessment: Assessment
    average: Decimal | None
    """On the assessment's own maximum, to one decimal."""
    written: int
    expected: int

    @property
    def missing(self) -> int:
        return self.expected - self.written


@dataclass(slots=True)
class Row:
    """A pupil and the cells, in the order of the columns."""

    pupil: Person
    membership: GroupMembership
    class_name: str
    cells: list[Cell]
    earlier_cells: list[Cell]
    result: averages.Result
    computed: Decimal | None
    fails: bool
    kept: CourseResult | None
    comment: Comment | None
    trend: list[float | None]
    has_left: bool
    is_new: bool

    @property
    def has_a_trend(self) -> bool:
        return sum(1 for point in self.trend if point is not None) > 1

    @property
    def retained(self) -> Decimal | None:
        return self.kept.retained if self.kept and self.kept.retained is not None else self.computed


@dataclass
class Sheet:
    """All that the page shows; results are exact and shown on the scheme's scale."""

    group: CourseGroup
    period: ReportPeriod
    scheme: Scheme
    columns: list[Column]
    rows: list[Row]
    closing: Closing | None
    class_average: Decimal | None
    comments_written: int
    tokens: list[Token]
    earlier: list[Assessment]
    """Assessments of earlier periods that count too, where the scheme is cumulative."""
    stamp: str

    @cached_property
    def missing(self) -> int:
        return sum(column.missing for column in self.columns)

    @property
    def assessments(self) -> list[Assessment]:
        return [column.assessment for column in self.columns]


def sheet(group: CourseGroup, period: ReportPeriod) -> Sheet:
    """Return the sheet of a group for a period. A fixed number of queries, whatever its size."""
    memberships = _members(group, period)
    assessments = assessments_in(group.pk, period.pk)
    scheme = Schemes(period.starts_on).for_course(group.course)
    earlier = _earlier(group, period) if scheme.is_cumulative else []
    cells = _cells([*earlier, *assessments], scheme)
    now = {it.pk for it in assessments}
    kept = {row.pupil_id: row for row in results_kept(group.pk, period.pk)}
    comments = {row.pupil_id: row for row in comments_in(group.pk, period.pk)}
    classes = dict(class_names_in(group.pk, period.starts_on, period.ends_on))
    counted = _counted([*earlier, *assessments])
    rows = [
        _row(
            membership,
            assessments,
            [cells.get((membership.pupil_id, it.pk), EMPTY) for it in assessments],
            [cells.get((membership.pupil_id, it.pk), EMPTY) for it in earlier],
            counted,
            scheme.plan,
            period,
            kept=kept.get(membership.pupil_id),
            comment=comments.get(membership.pupil_id),
            class_name=classes.get(membership.pupil_id, ""),
        )
        for membership in memberships
    ]
    return Sheet(
        group=group,
        period=period,
        scheme=scheme,
        columns=[_column(it, place, rows) for place, it in enumerate(assessments)],
        rows=rows,
        closing=next(iter(closings_of(group.pk, period.pk)), None),
        class_average=_mean_shown([row.computed for row in rows], scheme.plan),
        comments_written=len(comments),
        tokens=tokens(),
        earlier=earlier,
        stamp=_stamp(
            assessments, {key: cells[key] for key in cells if key[1] in now}, comments.values(), kept.values()
        ),
    )


def _stamp(
    assessments: Sequence[Assessment],
    cells: Mapping[tuple[int, int], Cell],
    comments: Collection[Comment],
    kept: Collection[CourseResult],
) -> str:
    """Return a mark that changes whenever the sheet does: the same as `stamp_of` finds without reading it."""
    return stamp(
        len(assessments),
        sum(1 for it in assessments if it.is_neutralised),
        sum(1 for it in assessments if hasattr(it, "publication")),
        len(cells),
        sum(cell.version for cell in cells.values()),
        len(comments),
        max((comment.written_at for comment in comments), default=None),
        max((row.chosen_at for row in kept if row.chosen_at), default=None),
        max((row.computed_at for row in kept if row.computed_at), default=None),
    )


def stamp(*facts: int | datetime | None) -> str:
    """Write the facts of a stamp."""
    return ".".join(f"{it.timestamp():.6f}" if isinstance(it, datetime) else str(it or 0) for it in facts)


def stamp_of(group: CourseGroup, period: ReportPeriod) -> str:
    """Return the stamp of a sheet as it stands now. Four short queries, no rows."""
    columns = Assessment.objects.filter(group=group, period=period).aggregate(
        Count("pk"), Count("neutralised_at"), Count("publication")
    )
    grades = Grade.objects.filter(assessment__group=group, assessment__period=period).aggregate(
        Count("pk"), Sum("version")
    )
    comments = Comment.objects.filter(group=group, period=period).aggregate(Count("pk"), Max("written_at"))
    kept = CourseResult.objects.filter(group=group, period=period).aggregate(
        Max("chosen_at"), Max("computed_at")
    )
    return stamp(*columns.values(), *grades.values(), *comments.values(), *kept.values())


def _members(group: CourseGroup, period: ReportPeriod) -> list[GroupMembership]:
    """Return the latest membership of each pupil who belonged to the group during the period."""
    members = memberships_in(group.pk, period.starts_on, period.ends_on)
    return list({membership.pupil_id: membership for membership in members}.values())


def _earlier(group: CourseGroup, period: ReportPeriod) -> list[Assessment]:
    return assessments_before(group.pk, period.school_year_id, period.starts_on)


def _cells(assessments: Sequence[Assessment], scheme: Scheme) -> dict[tuple[int, int], Cell]:
    codes = level_codes() if any(it.scale_id for it in assessments) else {}
    return {
        (pupil, assessment): Cell(
            points,
            token or "",
            scheme.effect(token, effect) if token else None,
            version,
            remark,
            codes.get(level, ""),
        )
        for pupil, assessment, points, token, effect, version, remark, level in grades_at(
            [it.pk for it in assessments]
        )
    }


def _counted(assessments: Sequence[Assessment]) -> list[tuple[int, Assessment]]:
    """Return the assessments that enter the result, each with its place among the cells of a pupil."""
    return [(place, it) for place, it in enumerate(assessments) if it.counts]


def _row(
    membership: GroupMembership,
    assessments: Sequence[Assessment],
    cells: list[Cell],
    earlier_cells: list[Cell],
    counted: Sequence[tuple[int, Assessment]],
    plan: Plan,
    period: ReportPeriod,
    *,
    kept: CourseResult | None,
    comment: Comment | None,
    class_name: str,
) -> Row:
    result = _result(counted, [*earlier_cells, *cells], plan)
    computed = figures_of(result, plan)["computed"]
    if kept and kept.computed_at:
        computed = kept.computed
    retained = kept.retained if kept and kept.retained is not None else computed
    return Row(
        pupil=membership.pupil,
        membership=membership,
        class_name=class_name,
        cells=cells,
        earlier_cells=earlier_cells,
        result=result,
        computed=computed,
        fails=plan.fails(retained),
        kept=kept,
        comment=comment,
        trend=[_share(cell, it) for cell, it in zip(cells, assessments, strict=True)],
        has_left=membership.ends_on is not None and membership.ends_on <= period.ends_on,
        is_new=membership.starts_on > period.starts_on,
    )


def row_result(assessments: Sequence[Assessment], cells: Sequence[Cell], plan: Plan) -> averages.Result:
    """Return what the cells of one pupil come to."""
    return _result(_counted(assessments), cells, plan)


def _result(counted: Sequence[tuple[int, Assessment]], cells: Sequence[Cell], plan: Plan) -> averages.Result:
    return averages.result(
        [score(cells[place].points, cells[place].effect, it) for place, it in counted], plan
    )


def _share(cell: Cell, assessment: Assessment) -> float | None:
    """Return a cell as a share for the sparkline, None where there is nothing to draw."""
    if cell.points is not None:
        return float(cell.points / assessment.max_points)
    return 0.0 if cell.effect and TOKEN_EFFECTS[cell.effect] is Effect.ZERO else None


def _column(assessment: Assessment, place: int, rows: Sequence[Row]) -> Column:
    cells = [row.cells[place] for row in rows]
    points = [cell.points for cell in cells if cell.points is not None]
    points += [Decimal(0) for cell in cells if cell.effect and TOKEN_EFFECTS[cell.effect] is Effect.ZERO]
    average = (sum(points, Decimal(0)) / len(points)).quantize(Decimal("0.1")) if points else None
    expected = sum(1 for row in rows if not row.has_left)
    written = sum(1 for row, cell in zip(rows, cells, strict=True) if not cell.is_empty and not row.has_left)
    return Column(assessment, average, written, expected)


def _mean_shown(shown: Sequence[Decimal | None], plan: Plan) -> Decimal | None:
    there = [value for value in shown if value is not None]
    return (sum(there, Decimal(0)) / len(there)).quantize(plan.step.normalize()) if there else None


def column_of(assessment: Assessment) -> Sheet:
    """Return the sheet reduced to one assessment: for a phone, and for browsers without scripts."""
    whole = sheet(assessment.group, assessment.period)
    place = next(i for i, column in enumerate(whole.columns) if column.assessment.pk == assessment.pk)
    whole.columns = [whole.columns[place]]
    for row in whole.rows:
        row.cells = [row.cells[place]]
    return whole


def history_of(assessment: Assessment, pupil_id: int) -> Grade | None:
    """Return the grade of a pupil with all that it was before (`grade.past`), if it was ever written."""
    past = PastGrade.objects.select_related("written_by", "token", "level")
    return (
        Grade.objects.filter(assessment=assessment, pupil=pupil_id)
        .select_related("written_by", "token", "level", "pupil")
        .prefetch_related(Prefetch("past", past))
        .first()
    )

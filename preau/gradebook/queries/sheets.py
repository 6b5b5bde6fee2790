"""The sheet of a course group for a period: pupils in rows, assessments in columns, results at the right."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch

from preau.design.pieces import cote
from preau.grading.models import Closing, CourseResult, Scheme, Token
from preau.grading.queries import Schemes, level_codes, scheme_kept, tokens
from preau.grading.results import UNDECIDED, mean_figure
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
from .results import period_results
from .scores import PupilResult, decisions_of, frozen_result, live_result, score
from .stamps import stamp_as_read


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
    def achieved(self) -> Decimal | None:
        """Return the points, nought for a token that counts as zero, None for what counts nowhere."""
        return Decimal(0) if self.effect == Token.Effect.ZERO else self.points

    @property
    def text(self) -> str:
        """Return what stands in the cell, as one types it."""
        return self.token or self.level or cote(self.points)


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
    """A pupil, the cells in the order of the columns, and the result of the course."""

    pupil: Person
    membership: GroupMembership
    class_name: str
    cells: list[Cell]
    result: PupilResult
    kept: CourseResult | None
    comment: Comment | None
    trend: list[float | None]
    has_left: bool
    is_new: bool

    @property
    def has_a_trend(self) -> bool:
        return sum(1 for point in self.trend if point is not None) > 1


@dataclass
class Sheet:
    """All that the page shows; results are exact and shown on the scheme's scale."""

    group: CourseGroup
    period: ReportPeriod
    scheme: Scheme
    columns: list[Column]
    rows: list[Row]
    closing: Closing | None
    comments_written: int
    tokens: list[Token]
    stamp: str

    @cached_property
    def missing(self) -> int:
        return sum(column.missing for column in self.columns)

    @property
    def assessments(self) -> list[Assessment]:
        return [column.assessment for column in self.columns]

    @cached_property
    def shown(self) -> list[Decimal]:
        """Return the computed results, as they are shown, without those in brackets."""
        figures = (row.result.computed for row in self.rows if not row.result.is_bracketed)
        return [figure for figure in figures if figure is not None]

    @cached_property
    def class_average(self) -> Decimal | None:
        return mean_figure(self.shown, self.scheme.step)

    @cached_property
    def failing(self) -> int:
        return sum(1 for row in self.rows if row.result.fails)


def sheet(group: CourseGroup, period: ReportPeriod) -> Sheet:
    """
    Return the sheet of a group for a period. A fixed number of queries, whatever its size; six more where
    somebody was in another group of the course this year.
    """
    ties = memberships_in(group.pk, group.course_id, group.school_year_id)
    assessments = assessments_in(group.pk, period.pk)
    kept = {row.pupil_id: row for row in results_kept(group.pk, period.pk)}
    scheme = _scheme_of(kept.values(), group, period)
    earlier = _earlier(group, period) if scheme.is_cumulative else []
    cells = _cells([*earlier, *assessments], scheme)
    comments = {row.pupil_id: row for row in comments_in(group.pk, period.pk)}
    classes = dict(class_names_in(group.pk, period.starts_on, period.ends_on))
    counted = [(it, it.period_id != period.pk) for it in [*earlier, *assessments] if it.counts]
    elsewhere = _results_of_changers(ties, group, period)
    rows = [
        _row(
            membership,
            assessments,
            [cells.get((pupil, it.pk), EMPTY) for it in assessments],
            period,
            result=elsewhere.get(pupil) or _result(pupil, group, scheme, counted, cells, kept.get(pupil)),
            kept=kept.get(pupil),
            comment=comments.get(pupil),
            class_name=classes.get(pupil, ""),
        )
        for pupil, membership in _members(ties, group, period).items()
    ]
    now = {it.pk for it in assessments}
    return Sheet(
        group=group,
        period=period,
        scheme=scheme,
        columns=[_column(it, place, rows) for place, it in enumerate(assessments)],
        rows=rows,
        closing=next(iter(closings_of(group.pk, period.pk)), None),
        comments_written=len(comments),
        tokens=tokens(),
        stamp=stamp_as_read(
            assessments,
            [cell.version for key, cell in cells.items() if key[1] in now],
            comments.values(),
            kept.values(),
        ),
    )


def _scheme_of(kept: Collection[CourseResult], group: CourseGroup, period: ReportPeriod) -> Scheme:
    """Return the scheme of a sheet: the one it was closed under, else that of the day the period begins."""
    frozen = next((row for row in kept if row.computed_at), None)
    if frozen is not None:
        return scheme_kept(frozen.scheme_id)
    return Schemes(period.starts_on).for_course(group.course)


def _result(
    pupil: int,
    group: CourseGroup,
    scheme: Scheme,
    counted: Sequence[tuple[Assessment, bool]],
    cells: Mapping[tuple[int, int], Cell],
    kept: CourseResult | None,
) -> PupilResult:
    """Return the result of a pupil who is in no other group of the course this year."""
    decisions = decisions_of(kept) if kept else UNDECIDED
    if kept and kept.computed_at:
        return frozen_result(kept, group_id=group.pk, decisions=decisions)
    scores = [
        score(it, cell.points, cell.effect, cell.token or cell.level, is_earlier=is_earlier)
        for it, is_earlier in counted
        if (cell := cells.get((pupil, it.pk))) is not None
    ]
    return live_result(pupil, group.pk, scheme, scores, decisions)


def _results_of_changers(
    ties: Sequence[GroupMembership], group: CourseGroup, period: ReportPeriod
) -> dict[int, PupilResult]:
    """Return the results of those who are or were in another group of the course, by pupil."""
    changers = {tie.pupil_id for tie in ties if tie.group_id != group.pk}
    if not changers:
        return {}
    found = period_results(period, pupils=changers)
    return {pupil: result for (pupil, course), result in found.items() if course == group.course_id}


def _members(
    ties: Sequence[GroupMembership], group: CourseGroup, period: ReportPeriod
) -> dict[int, GroupMembership]:
    """Return the latest membership of each pupil who belonged to the group during the period, by name."""
    return {
        tie.pupil_id: tie
        for tie in ties
        if tie.group_id == group.pk
        and tie.starts_on < period.ends_on
        and (tie.ends_on is None or tie.ends_on > period.starts_on)
    }


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


def _row(
    membership: GroupMembership,
    assessments: Sequence[Assessment],
    cells: list[Cell],
    period: ReportPeriod,
    *,
    result: PupilResult,
    kept: CourseResult | None,
    comment: Comment | None,
    class_name: str,
) -> Row:
    return Row(
        pupil=membership.pupil,
        membership=membership,
        class_name=class_name,
        cells=cells,
        result=result,
        kept=kept,
        comment=comment,
        trend=[_share(cell, it) for cell, it in zip(cells, assessments, strict=True)],
        has_left=membership.ends_on is not None and membership.ends_on <= period.ends_on,
        is_new=membership.starts_on > period.starts_on,
    )


def _share(cell: Cell, assessment: Assessment) -> float | None:
    """Return a cell as a share for the sparkline, None where there is nothing to draw."""
    points = cell.achieved
    return None if points is None else float(points / assessment.max_points)


def _column(assessment: Assessment, place: int, rows: Sequence[Row]) -> Column:
    cells = [row.cells[place] for row in rows]
    expected = sum(1 for row in rows if not row.has_left)
    written = sum(1 for row, cell in zip(rows, cells, strict=True) if not cell.is_empty and not row.has_left)
    return Column(assessment, mean_figure(cell.achieved for cell in cells), written, expected)


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

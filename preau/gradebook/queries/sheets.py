"""The sheet of a course group for a period: pupils in rows, assessments in columns, results at the right."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from preau.grading.models import CourseResult, Scheme
from preau.grading.queries import Schemes, level_codes, scheme_kept, tokens
from preau.grading.results import UNDECIDED, mean_figure
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
from .rows import Rows
from .scores import PupilResult, Weighed, decisions_of, frozen_result, live_result, weighed
from .sheet_values import EMPTY, Cell, Column, Row, Sheet
from .stamps import stamp_as_read


@dataclass(frozen=True, slots=True)
class Records:
    """What is kept of a sheet, as it was read; whatever is by pupil has the pupil's key."""

    group: CourseGroup
    period: ReportPeriod
    ties: Sequence[GroupMembership]
    assessments: list[Assessment]
    keys: list[int]
    """Those of the assessments, in their order."""
    earlier: list[Assessment]
    """Those of the periods before, where the scheme is cumulative."""
    scheme: Scheme
    cells: Mapping[tuple[int, int], Cell]
    """By pupil and assessment."""
    kept: Mapping[int, CourseResult]
    comments: Mapping[int, Comment]
    class_names: Mapping[int, str]


def sheet(group: CourseGroup, period: ReportPeriod, read: Rows = None) -> Sheet:
    """
    Return the sheet of a group for a period. A fixed number of queries, whatever its size; six more where
    somebody was in another group of the course this year.

    :param read: the pupils whose rows are read (`rows_read`); all unless told
    """
    records = _read(group, period)
    rows = [row for row in _rows(records) if read is None or row.pupil.pk in read]
    return Sheet(
        group=group,
        period=period,
        scheme=records.scheme,
        columns=[_column(assessment, place, rows) for place, assessment in enumerate(records.assessments)],
        rows=rows,
        closing=next(iter(closings_of(group.pk, period.pk)), None),
        comments_written=sum(1 for row in rows if row.comment),
        tokens=tokens(),
        stamp=_stamp(records),
    )


def _read(group: CourseGroup, period: ReportPeriod) -> Records:
    assessments = assessments_in(group.pk, period.pk)
    kept = {row.pupil_id: row for row in results_kept(group.pk, period.pk)}
    scheme = _scheme_of(kept.values(), group, period)
    earlier = _earlier(group, period) if scheme.is_cumulative else []
    return Records(
        group=group,
        period=period,
        ties=memberships_in(group.pk, group.course_id, group.school_year_id),
        assessments=assessments,
        keys=[assessment.pk for assessment in assessments],
        earlier=earlier,
        scheme=scheme,
        cells=_cells([*earlier, *assessments], scheme),
        kept=kept,
        comments={row.pupil_id: row for row in comments_in(group.pk, period.pk)},
        class_names=dict(class_names_in(group.pk, period.starts_on, period.ends_on)),
    )


def _rows(records: Records) -> list[Row]:
    """Return a row for each pupil who belonged to the group during the period, by name."""
    counted = [weighed(assessment, is_earlier=True) for assessment in records.earlier if assessment.counts]
    counted += [weighed(assessment) for assessment in records.assessments if assessment.counts]
    elsewhere = _results_of_changers(records.ties, records.group, records.period)
    return [
        _row(records, membership, elsewhere.get(pupil) or _result(pupil, records, counted))
        for pupil, membership in _members(records.ties, records.group, records.period).items()
    ]


def _stamp(records: Records) -> str:
    shown = set(records.keys)
    versions = [cell.version for (_pupil, assessment), cell in records.cells.items() if assessment in shown]
    return stamp_as_read(records.assessments, versions, records.comments.values(), records.kept.values())


def _scheme_of(kept: Collection[CourseResult], group: CourseGroup, period: ReportPeriod) -> Scheme:
    """Return the scheme of a sheet: the one it was closed under, else that of the day the period begins."""
    frozen = next((row for row in kept if row.computed_at), None)
    if frozen is not None:
        return scheme_kept(frozen.scheme_id)
    return Schemes(period.starts_on).for_course(group.course)


def _result(pupil: int, records: Records, counted: Sequence[Weighed]) -> PupilResult:
    """Return the result of a pupil who is in no other group of the course this year."""
    kept, group = records.kept.get(pupil), records.group.pk
    decisions = decisions_of(kept) if kept else UNDECIDED
    if kept and kept.computed_at:
        return frozen_result(kept, group_id=group, decisions=decisions)
    scores = [
        each.score(cell.points, cell.effect, cell.token or cell.level)
        for each in counted
        if (cell := records.cells.get((pupil, each.assessment))) is not None
    ]
    return live_result(pupil, group, records.scheme, scores, decisions)


def _results_of_changers(
    ties: Sequence[GroupMembership], group: CourseGroup, period: ReportPeriod
) -> dict[int, PupilResult]:
    """Return the results of those who are or were in another group of the course, by pupil."""
    changers = {tie.pupil_id for tie in ties if tie.group_id != group.pk}
    if not changers:
        return {}
    # In this course alone: the other courses of those pupils would be five times as many grades.
    found = period_results(period, groups=[group.pk], pupils=changers)
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
    codes = level_codes() if any(assessment.scale_id for assessment in assessments) else {}
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
            [assessment.pk for assessment in assessments]
        )
    }


def _row(records: Records, membership: GroupMembership, result: PupilResult) -> Row:
    pupil, period = membership.pupil_id, records.period
    cells = [records.cells.get((pupil, key), EMPTY) for key in records.keys]
    comment = records.comments.get(pupil)
    return Row(
        pupil=membership.pupil,
        membership=membership,
        class_name=records.class_names.get(pupil, ""),
        cells=cells,
        result=result,
        kept=records.kept.get(pupil),
        comment=comment if comment and comment.text else None,
        comment_version=comment.version if comment else 0,
        trend=[share(cell, assessment) for cell, assessment in zip(cells, records.assessments, strict=True)],
        has_left=membership.ends_on is not None and membership.ends_on <= period.ends_on,
        is_new=membership.starts_on > period.starts_on,
    )


def share(cell: Cell, assessment: Assessment) -> float | None:
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

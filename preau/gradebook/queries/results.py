"""
What grades come to: the one place that gathers the scores of results.

A result is of a pupil in a course: who changes group takes the marks along. It is kept with the group in
which the pupil is at the end of the period, and stands as it was frozen once that gradebook is closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from preau.grading.averages import Score
from preau.grading.models import Scheme
from preau.grading.queries import Schemes, level_codes
from preau.grading.results import UNDECIDED, Decisions
from preau.structure.models import Course, ReportPeriod

from ..models import Assessment
from . import result_rows as rows
from .belongings import Belonging, PupilAndCourse, belongings, named
from .scores import PupilResult, Weighed, decisions_of, frozen_result, live_result, weighed

Results = dict[PupilAndCourse, PupilResult]


def period_results(
    period: ReportPeriod,
    *,
    groups: Iterable[int] | None = None,
    pupils: Iterable[int] | None = None,
    schemes: Schemes | None = None,
    anew: bool = False,
    with_scores: bool = False,
) -> Results:
    """
    Return the results of a period by (pupil, course): frozen ones as they were, the others computed now.

    At most eight queries whatever the number of pupils; the whole school of 1 000 in a few seconds. Pupils
    who have neither a grade nor anything kept have no line.

    :param groups: only of pupils who are or were in these, in their courses
    :param schemes: those to compute with, when not those of the period
    :param anew: whether frozen results, and what people decided, are left aside
    :param with_scores: whether frozen results come with the scores they were made of
    """
    loader = _Loader([period], groups, pupils, anew=anew, with_scores=with_scores)
    return loader.results({period.pk: schemes or Schemes(period.starts_on)})[period.pk]


def results_of_periods(
    periods: Iterable[ReportPeriod],
    *,
    groups: Iterable[int] | None = None,
    pupils: Iterable[int] | None = None,
) -> dict[int, Results]:
    """Return the results of several periods of one year, by period. As many queries as for one."""
    loader = _Loader(list(periods), groups, pupils)
    return loader.results({period.pk: Schemes(period.starts_on) for period in loader.periods})


@dataclass(slots=True)
class _Open:
    """The results of a period that are computed now: the group that keeps each, and what is decided."""

    homes: dict[PupilAndCourse, int] = field(default_factory=dict)
    decisions: dict[PupilAndCourse, Decisions] = field(default_factory=dict)


_Kept = dict[PupilAndCourse, dict[int, Any]]
"""The rows kept of a period, by pupil and course, by group."""
Line = tuple[Assessment, Decimal | None, str | None, str, int | None]
"""A cell: assessment, points, effect and sign of the token, key of the level."""


@dataclass(slots=True)
class _Marks:
    """What stands in the cells that count."""

    lines: dict[PupilAndCourse, list[Line]] = field(default_factory=dict)
    """By pupil and course, in the order of the gradebook."""
    assessments: dict[int, Assessment] = field(default_factory=dict)

    def counting_in(self, period: ReportPeriod) -> dict[int, Weighed]:
        """Return what each assessment gives to the scores of a period: its own, and those before."""
        return {
            key: weighed(assessment, is_earlier=assessment.period_id != period.pk)
            for key, assessment in self.assessments.items()
            if assessment.period_id == period.pk or assessment.period.starts_on < period.starts_on
        }


class _Loader:
    """Reads what the results of some periods of a year are made of."""

    def __init__(
        self,
        periods: list[ReportPeriod],
        groups: Iterable[int] | None,
        pupils: Iterable[int] | None,
        *,
        anew: bool = False,
        with_scores: bool = False,
    ) -> None:
        self.periods = periods
        self.groups = None if groups is None else list(groups)
        self.pupils = None if pupils is None else list(pupils)
        self.anew, self.with_scores = anew, with_scores
        self.belongings = (
            belongings(self.periods[0].school_year_id, self.groups, self.pupils) if self.periods else {}
        )

    def results(self, schemes: Mapping[int, Schemes]) -> dict[int, Results]:
        """Return the results by period, computed under the schemes of each where they are open."""
        kept = {} if self.anew else self._kept()
        closed = self._closed(kept)
        found: dict[int, Results] = {}
        still_open: dict[int, _Open] = {}
        for period in self.periods:
            found[period.pk], still_open[period.pk] = self._frozen(period, kept.get(period.pk, {}), closed)
        marks = self._marks(still_open, schemes)
        for period in self.periods:
            found[period.pk] |= self._live(period, still_open[period.pk], schemes[period.pk], marks)
        return found

    def _kept(self) -> dict[int, _Kept]:
        """Return what is kept, by period, pupil and course, group."""
        periods = [period.pk for period in self.periods]
        groups = None if self.groups is None else _all_groups(self.belongings.values())
        ask = rows.results_with_scores if self.with_scores else rows.results
        found: defaultdict[int, _Kept] = defaultdict(dict)
        for row in ask(periods, groups, self.pupils):
            by_group = found[row.period_id].setdefault((row.pupil_id, row.group__course_id), {})
            by_group[row.group_id] = row
        return found

    def _closed(self, kept: Mapping[int, _Kept]) -> set[tuple[int, int]]:
        """Return the closed gradebooks, by period and group, of pupils whose result is frozen elsewhere."""
        homes = set()
        for period in self.periods:
            for key, by_group in kept.get(period.pk, {}).items():
                frozen = {group for group, row in by_group.items() if row.computed_at}
                home = self._home(key, by_group, period)
                if frozen and home is not None and home not in frozen:
                    homes.add(home)
        return set(rows.frozen_groups([one.pk for one in self.periods], sorted(homes))) if homes else set()

    def _home(self, key: PupilAndCourse, by_group: Mapping[int, Any], period: ReportPeriod) -> int | None:
        """Return the group that keeps a result; of a pupil who is in none any more, the last that did."""
        group = self.belongings[key].group_in(period) if key in self.belongings else None
        return next(reversed(by_group), None) if group is None else group

    def _frozen(
        self, period: ReportPeriod, kept: _Kept, closed: Container[tuple[int, int]]
    ) -> tuple[Results, _Open]:
        """Return the frozen results of a period, and those that are still open."""
        frozen: Results = {}
        still_open = _Open()
        for key in self.belongings.keys() | kept.keys():
            by_group = kept.get(key, {})
            home = self._home(key, by_group, period)
            if home is None:
                continue
            row, decisions = standing_row(by_group, home, is_closed=(period.pk, home) in closed)
            if row is not None:
                frozen[key] = frozen_result(
                    row, group_id=home, decisions=decisions, with_scores=self.with_scores
                )
            else:
                still_open.homes[key] = home
                if decisions:
                    still_open.decisions[key] = decisions
        return frozen, still_open

    def _marks(self, still_open: Mapping[int, _Open], schemes: Mapping[int, Schemes]) -> _Marks:
        keys = {key for one in still_open.values() for key in one.homes}
        if not keys:
            return _Marks()
        counting = _counting(self.periods, still_open, schemes)
        groups = named(_all_groups(self.belongings[key] for key in keys if key in self.belongings))
        values = rows.cells(*counting, groups, named({pupil for pupil, _course in keys}))
        graded = named({assessment for _pupil, assessment, *_cell in values})
        asked = rows.assessments(*counting, groups, graded) if values else []
        assessments = {assessment.pk: assessment for assessment in asked if assessment.counts}
        found: defaultdict[PupilAndCourse, list[Line]] = defaultdict(list)
        for pupil, assessment_id, points, effect, token, level in values:
            assessment = assessments.get(assessment_id)
            if assessment is None:
                continue
            key = (pupil, assessment.group.course_id)
            if key in keys and assessment.group_id in self.belongings[key].groups:
                found[key].append((assessment, points, effect, token or "", level))
        places = {key: place for place, key in enumerate(assessments)}
        for line in found.values():
            line.sort(key=lambda cell: places[cell[0].pk])
        return _Marks(dict(found), assessments)

    def _live(
        self,
        period: ReportPeriod,
        still_open: _Open,
        schemes: Schemes,
        marks: _Marks,
    ) -> Results:
        found: Results = {}
        courses = _Courses(marks.lines, still_open.decisions)
        counting = marks.counting_in(period)
        has_levels = any(cell[4] for line in marks.lines.values() for cell in line)
        codes = level_codes() if has_levels else {}
        for key, home in still_open.homes.items():
            decisions = still_open.decisions.get(key, UNDECIDED)
            if key not in marks.lines and not decisions:
                continue
            scheme = schemes.for_course(courses[key[1]])
            scores = _scores(marks.lines.get(key, []), counting, scheme, codes)
            if scores or decisions:
                found[key] = live_result(key[0], home, scheme, scores, decisions)
        return found


def standing_row(kept: dict[int, Any], home: int, *, is_closed: bool) -> tuple[Any, Decisions]:
    """
    Return the row that stands frozen, None while the gradebook is open, and what was decided.

    The group that keeps the result goes first. A row of a group that the pupil has left stands where the
    pupil was moved after the closing; what was decided there stands until somebody decides here.
    """
    own = kept.get(home)
    others = [row for group, row in kept.items() if group != home]
    row = own if own is not None and own.computed_at else None
    if row is None and is_closed:
        row = next((other for other in reversed(others) if other.computed_at), None)
    decided = (decisions_of(row) for row in [own, *reversed(others)] if row is not None)
    return row, next((decisions for decisions in decided if decisions), UNDECIDED)


def _all_groups(belongings: Iterable[Belonging]) -> list[int]:
    return sorted({group for belonging in belongings for group in belonging.groups})


def _counting(
    periods: list[ReportPeriod], still_open: Mapping[int, _Open], schemes: Mapping[int, Schemes]
) -> tuple[list[int], int, date | None]:
    """Return the periods whose marks count: open ones, those of a year before a day where one cumulates."""
    now = [period for period in periods if still_open[period.pk].homes]
    cumulative = [period.starts_on for period in now if schemes[period.pk].any_is_cumulative]
    return [period.pk for period in now], now[0].school_year_id, max(cumulative, default=None)


def place_of(assessment: Assessment) -> tuple[Any, ...]:
    """Return where an assessment stands in the order of the gradebook."""
    return (assessment.period.starts_on, assessment.rank, assessment.held_on, assessment.pk)


def _scores(
    line: list[Line], counting: Mapping[int, Weighed], scheme: Scheme, codes: Mapping[int, str]
) -> list[Score]:
    """Return the scores of a period, after those of earlier ones where the scheme is cumulative."""
    return [
        each.score(points, scheme.effect(token, effect), token or (codes[level] if level else ""))
        for assessment, points, effect, token, level in line
        if (each := counting.get(assessment.pk)) and (scheme.is_cumulative or not each.is_earlier)
    ]


class _Courses(dict[int, Course]):
    """The courses of results, by key; those in which there is only a decision are asked for."""

    def __init__(
        self, marks: Mapping[PupilAndCourse, list[Line]], decided: Mapping[PupilAndCourse, Decisions]
    ) -> None:
        super().__init__({key[1]: line[0][0].group.course for key, line in marks.items()})
        missing = {course for _pupil, course in decided} - self.keys()
        self.update(Course.objects.in_bulk(missing) if missing else {})

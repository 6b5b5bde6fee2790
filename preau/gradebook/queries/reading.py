"""What pupils and parents read: published grades, course by course, and what they come to so far."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from preau.grading import averages
from preau.grading.models import CourseResult, Scheme
from preau.grading.queries import Schemes, scheme_kept
from preau.grading.results import UNDECIDED
from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod, TeachingAssignment

from ..models import Grade
from ..rules import may_read_grade
from ..told import Told, told_figure
from .read_grades import ReadGrade, as_read
from .result_rows import frozen_groups
from .results import place_of, standing_row
from .scores import PupilResult, frozen_result, live_result


@dataclass
class CourseReading:
    """A course of a pupil: its published grades, the latest first, and the result they make so far."""

    group: CourseGroup
    period: ReportPeriod
    scheme: Scheme
    groups: set[int] = field(default_factory=set)
    """All groups of the course in which the pupil is or was this year."""
    teachers: list[str] = field(default_factory=list)
    grades: list[ReadGrade] = field(default_factory=list)
    earlier: list[ReadGrade] = field(default_factory=list)
    """Those of earlier periods that count too, the latest first: only where the scheme is cumulative."""
    frozen: PupilResult | None = None
    """The result of the gradebook once it is closed: of its scores, those published are read."""
    taken_back: list[ReadGrade] = field(default_factory=list)
    """Cells emptied after the closing that counted: the sheet shows them no more, the result still holds."""

    @cached_property
    def result(self) -> PupilResult:
        """Return what the grades come to, as they count today or counted at the closing."""
        if self.frozen and self.frozen.scores:
            readable = {grade.assessment.pk for grade in [*self.all_grades, *self.taken_back]}
            scores = [score for score in self.frozen.scores if score.assessment in readable]
        else:
            counted = [grade for grade in self.all_grades if grade.assessment.counts]
            counted.sort(key=lambda grade: place_of(grade.assessment))
            scores = [grade.score(self.period) for grade in counted]
        live = live_result(0, self.group.pk, self.scheme, scores)
        return replace(live, is_frozen=self.frozen is not None)

    @property
    def told(self) -> Told:
        """Return the result so far in words that a family understands."""
        return told_figure(self.result.computed, self.scheme.scale, is_bad=self.result.fails)

    @cached_property
    def sums(self) -> averages.Result:
        """Return what the grades come to, step by step."""
        return averages.result(self.result.scores, self.scheme.plan)

    @property
    def all_grades(self) -> list[ReadGrade]:
        """All that the result is made of, the latest first."""
        return [*self.grades, *self.earlier]

    def has_counted(self, assessment: int) -> bool:
        """Say whether an assessment counted when the gradebook was closed."""
        return self.frozen is not None and any(score.assessment == assessment for score in self.frozen.scores)

    @property
    def trend(self) -> list[float | None]:
        return [grade.share for grade in reversed(self.grades)]


def readable_results(pupil: Person, period: ReportPeriod, reader: Person) -> list[CourseReading]:
    """
    Return the courses of a pupil with the grades of a period that the reader may read, and no others.

    Where the scheme is cumulative, those of earlier periods come beside. What they come to is computed from
    those grades alone, so nothing unpublished shows through.
    """
    courses = _courses(pupil, [period])[period.pk]
    grades = _grades_in(pupil.pk, [period.pk], reader)
    cumulative = [group for course in courses if course.scheme.is_cumulative for group in course.groups]
    if cumulative:
        grades += _grades_before(pupil.pk, cumulative, period.school_year_id, period.starts_on, reader)
    _share_out(grades, courses)
    by_group = {reading.group.pk: reading for reading in courses}
    for tie in _teaching(list(by_group), period.starts_on, period.ends_on):
        by_group[tie.group_id].teachers.append(tie.teacher.full_name)
    return courses


def readable_year(
    pupil: Person, periods: Sequence[ReportPeriod], reader: Person
) -> dict[int, list[CourseReading]]:
    """Return the same for the periods of a year that have begun, without teachers. As many queries."""
    found = _courses(pupil, periods)
    grades = _grades_in(pupil.pk, [period.pk for period in periods], reader)
    for courses in found.values():
        _share_out(grades, courses)
    return found


def _share_out(grades: Iterable[Grade], courses: Iterable[CourseReading]) -> None:
    """Give each course the grades of its groups: those of its period, the earlier ones if they count."""
    readings = {group: reading for reading in courses for group in reading.groups}
    for grade in grades:
        reading = readings.get(grade.assessment.group_id)
        if reading is None:
            continue
        if grade.is_empty:
            if reading.has_counted(grade.assessment_id):
                reading.taken_back.append(as_read(grade, reading.scheme))
        elif grade.assessment.period_id == reading.period.pk:
            reading.grades.append(as_read(grade, reading.scheme))
        elif reading.scheme.is_cumulative and (grade.assessment.period.starts_on < reading.period.starts_on):
            reading.earlier.append(as_read(grade, reading.scheme))


def _courses(pupil: Person, periods: Sequence[ReportPeriod]) -> dict[int, list[CourseReading]]:
    """Return the courses of a pupil in some periods, each with the group at its end, without grades yet."""
    year = periods[0].school_year_id if periods else 0
    ties = _ties_in(pupil.pk, year)
    kept = _frozen_rows(pupil.pk, [period.pk for period in periods])
    closed = _closed_elsewhere(periods, ties, {row.group_id for row in kept})
    return {
        period.pk: _courses_in(
            period,
            ties,
            [row for row in kept if row.period_id == period.pk],
            {group for closed_in, group in closed if closed_in == period.pk},
        )
        for period in periods
    }


def _closed_elsewhere(
    periods: Sequence[ReportPeriod], ties: Sequence[GroupMembership], frozen: set[int]
) -> list[tuple[int, int]]:
    """Return the closed gradebooks of the courses in which a pupil changed group: period, group."""
    groups_of: dict[int, set[int]] = {}
    for tie in ties:
        groups_of.setdefault(tie.group.course_id, set()).add(tie.group_id)
    changed = [groups for groups in groups_of.values() if len(groups) > 1 and groups & frozen]
    asked = sorted(set().union(*changed))
    return frozen_groups([period.pk for period in periods], asked) if asked else []


def _courses_in(
    period: ReportPeriod,
    ties: Sequence[GroupMembership],
    frozen: Sequence[CourseResult],
    closed: Container[int],
) -> list[CourseReading]:
    homes = {
        tie.group.course_id: tie.group
        for tie in ties
        if tie.starts_on < period.ends_on and (tie.ends_on is None or tie.ends_on > period.starts_on)
    }
    schemes = Schemes(period.starts_on)
    readings = []
    for course, home in homes.items():
        groups = {tie.group_id for tie in ties if tie.group.course_id == course}
        kept = {row.group_id: row for row in frozen if row.group_id in groups}
        row, _decisions = standing_row(kept, home.pk, is_closed=home.pk in closed)
        scheme = scheme_kept(row.scheme_id) if row else schemes.for_course(home.course)
        reading = CourseReading(home, period, scheme, groups)
        if row:
            reading.frozen = frozen_result(row, group_id=home.pk, decisions=UNDECIDED, with_scores=True)
        readings.append(reading)
    return readings


@asked_often
def _ties_in(pupil: int, school_year: int) -> QuerySet[GroupMembership]:
    """Return the memberships of a pupil in a year, course by course, in each from the oldest."""
    ties = GroupMembership.objects.filter(pupil=pupil, group__school_year=school_year)
    return ties.select_related("group__course__subject").order_by(
        "group__course__year_level__rank",
        "group__course__subject__rank",
        "group__course__code",
        "group__course",
        "starts_on",
        "pk",
    )


@asked_often
def _frozen_rows(pupil: int, periods: list[int]) -> QuerySet[CourseResult]:
    """Return the results of a pupil that are frozen for some periods, with what they were made of."""
    frozen = CourseResult.objects.filter(pupil=pupil, period__in=periods, computed_at__isnull=False)
    return frozen.order_by("pk")


@asked_often
def _grades_in(pupil: int, periods: list[int], reader: Person) -> QuerySet[Grade]:
    """Return the grades of a pupil in some periods that the reader may read, the latest first."""
    return _in_order(Grade.objects.filter(pupil=pupil, assessment__period__in=periods), reader)


@asked_often
def _grades_before(
    pupil: int, groups: list[int], year: int, starts_on: date, reader: Person
) -> QuerySet[Grade]:
    """Return those of the periods of a year that begin before a day, in some groups, the latest first."""
    grades = Grade.objects.filter(
        pupil=pupil,
        assessment__group__in=groups,
        assessment__period__school_year=year,
        assessment__period__starts_on__lt=starts_on,
    )
    return _in_order(grades, reader)


def _in_order(grades: Any, reader: Person) -> QuerySet[Grade]:
    return (
        may_read_grade.among(grades, reader)
        .select_related("token", "level", "assessment__category", "assessment__period")
        .order_by("-assessment__held_on", "-assessment__rank", "-assessment_id")
    )


@asked_often
def _teaching(groups: list[int], starts_on: date, ends_on: date) -> QuerySet[TeachingAssignment]:
    """Return who teaches some groups in a span, teachers before their replacements."""
    ties = TeachingAssignment.objects.filter(group__in=groups).during(starts_on, ends_on)
    return ties.select_related("teacher").order_by("kind", "teacher__sort_name")

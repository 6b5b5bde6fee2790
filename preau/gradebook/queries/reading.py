"""What pupils and parents read: published grades, course by course, and what they come to so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from preau.grading import averages
from preau.grading.models import Scheme
from preau.grading.queries import Schemes
from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod, TeachingAssignment

from ..models import Assessment, Grade
from ..rules import may_read_grade, may_read_grade_at_home
from .results import score

MOST_NEW = 100
"""How many new grades are looked at, for all the children together."""


@dataclass(frozen=True, slots=True)
class ReadGrade:
    """A published grade as families read it."""

    assessment: Assessment
    points: Decimal | None
    token: str
    token_name: str
    effect: str | None
    remark: str
    level: str = ""
    level_name: str = ""
    level_icon: str = ""

    @property
    def share(self) -> float | None:
        return None if self.points is None else float(self.points / self.assessment.max_points)

    @property
    def is_low(self) -> bool:
        return self.points is not None and self.points * 2 < self.assessment.max_points


@dataclass(slots=True)
class CourseReading:
    """A course of a pupil: its published grades, the latest first, and the result they make so far."""

    group: CourseGroup
    scheme: Scheme
    teachers: list[str] = field(default_factory=list)
    grades: list[ReadGrade] = field(default_factory=list)
    earlier: list[ReadGrade] = field(default_factory=list)
    """Those of earlier periods that count too, the latest first: only where the scheme is cumulative."""
    result: averages.Result | None = None
    shown: Decimal | None = None

    @property
    def fails(self) -> bool:
        return self.scheme.plan.fails(self.shown)

    @property
    def all_grades(self) -> list[ReadGrade]:
        """All that the result is made of, the latest first."""
        return [*self.grades, *self.earlier]

    @property
    def trend(self) -> list[float | None]:
        return [grade.share for grade in reversed(self.grades)]


def readable_results(pupil: Person, period: ReportPeriod, reader: Person) -> list[CourseReading]:
    """
    Return the courses of a pupil with the grades of a period that the reader may read, and no others.

    Where the scheme is cumulative, those of earlier periods come beside. What they come to is computed from
    those grades alone, so nothing unpublished shows through.
    """
    schemes = Schemes(period.starts_on)
    courses = {
        group.pk: CourseReading(group, schemes.for_course(group.course))
        for group in _groups_in(pupil.pk, period.starts_on, period.ends_on)
    }
    for grade in _grades_in(pupil.pk, period.pk, reader):
        if reading := courses.get(grade.assessment.group_id):
            reading.grades.append(_as_read(grade))
    cumulative = [key for key, reading in courses.items() if reading.scheme.is_cumulative]
    if cumulative:
        for grade in _grades_before(pupil.pk, cumulative, period.school_year_id, period.starts_on, reader):
            courses[grade.assessment.group_id].earlier.append(_as_read(grade))
    for it in _teaching(list(courses), period.starts_on, period.ends_on):
        courses[it.group_id].teachers.append(it.teacher.full_name)
    for reading in courses.values():
        _work_out(reading)
    return list(courses.values())


@asked_often
def _groups_in(pupil: int, starts_on: date, ends_on: date) -> QuerySet[CourseGroup]:
    """Return the groups of a pupil in a span, with their courses, in order."""
    ties = GroupMembership.objects.filter(pupil=pupil).during(starts_on, ends_on)
    return CourseGroup.objects.filter(pk__in=ties.values("group")).select_related("course")


@asked_often
def _grades_in(pupil: int, period: int, reader: Person) -> QuerySet[Grade]:
    """Return the grades of a pupil in a period that the reader may read, the latest first."""
    return _in_order(Grade.objects.filter(pupil=pupil, assessment__period=period), reader)


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
    return _in_order(grades, reader).select_related(
        "token", "level", "assessment__category", "assessment__period"
    )


def _in_order(grades: Any, reader: Person) -> QuerySet[Grade]:
    return (
        may_read_grade.among(grades.written(), reader)
        .select_related("token", "level", "assessment__category")
        .order_by("-assessment__held_on", "-assessment__rank", "-assessment_id")
    )


@asked_often
def _teaching(groups: list[int], starts_on: date, ends_on: date) -> QuerySet[TeachingAssignment]:
    """Return who teaches some groups in a span, teachers before their replacements."""
    ties = TeachingAssignment.objects.filter(group__in=groups).during(starts_on, ends_on)
    return ties.select_related("teacher").order_by("kind", "teacher__sort_name")


def new_grades(reader: Person, *, since: datetime, at_most: int = 5) -> dict[int, list[ReadGrade]]:
    """Return, by pupil, the latest grades of oneself and of those one answers for. One query."""
    found: dict[int, list[ReadGrade]] = {}
    for grade in _new_grades(reader, since):
        latest = found.setdefault(grade.pupil_id, [])
        if len(latest) < at_most:
            latest.append(_as_read(grade))
    return found


@asked_often
def _new_grades(reader: Person, since: datetime) -> QuerySet[Grade]:
    recent = Grade.objects.filter(assessment__publication__parents_at__gt=since).written()
    grades = (
        may_read_grade_at_home.among(recent, reader)
        .select_related("token", "level", "assessment__category", "assessment__group__course")
        .order_by("-assessment__publication__published_at", "-assessment_id")
    )
    return grades[:MOST_NEW]


def _as_read(grade: Grade) -> ReadGrade:
    token, level = grade.token, grade.level
    return ReadGrade(
        assessment=grade.assessment,
        points=grade.points,
        token=token.code if token else "",
        token_name=token.name if token else "",
        effect=token.effect if token else None,
        remark=grade.remark,
        level=level.code if level else "",
        level_name=level.label if level else "",
        level_icon=level.icon if level else "",
    )


def _work_out(reading: CourseReading) -> None:
    counted = [it for it in reading.all_grades if it.assessment.counts]
    if not counted:
        return
    plan = reading.scheme.plan
    reading.result = averages.result(
        [score(it.points, reading.scheme.effect(it.token, it.effect), it.assessment) for it in counted], plan
    )
    reading.shown = plan.shown(reading.result.share) if reading.result.is_assessable else None

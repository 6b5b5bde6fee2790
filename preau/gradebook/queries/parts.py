"""The competences of one assessment: what it may look at, what pupils reached, what each cell was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from preau.design.pieces import cote
from preau.grading.models import Closing
from preau.grading.plans import Plan
from preau.grading.queries import Schemes
from preau.people.models import Person
from preau.structure.models import Course, CourseGroup
from preau.structure.queries import members_of

from ..models import (
    AssessedCompetence,
    Assessment,
    Competence,
    Feedback,
    Grade,
    PastGrade,
    PastSubGrade,
    Statement,
    SubGrade,
)
from ..typed import RefusedCell
from .stamps import stamp


@dataclass(frozen=True, slots=True)
class PartCell:
    """The cell of a pupil in a competence."""

    part: AssessedCompetence
    text: str = ""
    version: int = 0
    refused: str = ""
    """Why what was typed, and stands in `text`, is not kept."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A pupil, the cells in the order of the competences, and the grade of the assessment."""

    pupil: Person
    cells: list[PartCell]
    grade: str
    is_low: bool


@dataclass(frozen=True, slots=True)
class PartsPage:
    """All that the page of the competences of an assessment shows."""

    assessment: Assessment
    parts: list[AssessedCompetence]
    rows: list[PartRow]
    is_closed: bool
    stamp: str

    def names_of_cells(self) -> Mapping[tuple[int, int], str]:
        """Return whose each cell is, and in what, by competence and pupil."""
        return {
            (part.pk, row.pupil.pk): f"{row.pupil.list_name}, {part.competence.code}"
            for part in self.parts
            for row in self.rows
        }


def text_of(sub_grade: Any) -> str:
    """Return what stands in a cell of a competence, now or before, as one types it."""
    return sub_grade.level.code if sub_grade.level_id else cote(sub_grade.points)


def competences_of(course: Course, on: Any) -> QuerySet[Competence]:
    """Return the competences a course works at on a day: those of its subject, and its own."""
    mine = Q(course=None) | Q(course=course.pk)
    return Competence.objects.filter(mine, subject=course.subject_id).in_force(on)


def parts_of(assessment: Assessment) -> list[AssessedCompetence]:
    """Return the competences an assessment looks at, in order."""
    return list(assessment.parts.select_related("competence", "scale"))


def parts_page(
    assessment: Assessment, refused: Mapping[tuple[int, int], RefusedCell] = MappingProxyType({})
) -> PartsPage:
    """
    Return pupils by competences for one assessment. Six queries, whatever its size.

    :param refused: what was typed and is not kept, by competence and pupil
    """
    parts = parts_of(assessment)
    cells: dict[tuple[int, int], SubGrade] = {
        (grade.part_id, grade.pupil_id): grade
        for grade in SubGrade.objects.filter(assessment=assessment).select_related("level")
    }
    grades = {
        grade.pupil_id: grade
        for grade in Grade.objects.filter(assessment=assessment).select_related("token", "level")
    }
    plan = Schemes(assessment.period.starts_on).for_course(assessment.group.course).plan
    rows = [
        _row(pupil, parts, cells, grades.get(pupil.pk), assessment, plan, refused)
        for pupil in members_of(assessment.group, during=assessment.period)
    ]
    closed = Closing.objects.filter(
        group=assessment.group_id, period=assessment.period_id, reopened_at=None
    ).exists()
    return PartsPage(assessment, parts, rows, closed, parts_stamp(assessment))


def _row(
    pupil: Person,
    parts: list[AssessedCompetence],
    cells: dict[tuple[int, int], SubGrade],
    grade: Grade | None,
    assessment: Assessment,
    plan: Plan,
    refused: Mapping[tuple[int, int], RefusedCell],
) -> PartRow:
    found = [(part, cells.get((part.pk, pupil.pk))) for part in parts]
    drawn = [_cell(part, sub_grade, refused.get((part.pk, pupil.pk))) for part, sub_grade in found]
    is_low = plan.is_low(grade.points if grade else None, assessment.max_points)
    return PartRow(pupil, drawn, grade_text(grade), is_low)


def _cell(part: AssessedCompetence, sub_grade: SubGrade | None, refused: RefusedCell | None) -> PartCell:
    version = sub_grade.version if sub_grade else 0
    if refused:
        return PartCell(part, refused.typed, version, refused.words)
    return PartCell(part, text_of(sub_grade) if sub_grade else "", version)


def grade_text(grade: Grade | PastGrade | None) -> str:
    """Return a grade as one types it: a token, a level, points, or nothing."""
    if grade is None:
        return ""
    sign = grade.token or grade.level
    return sign.code if sign else cote(grade.points)


def parts_stamp(assessment: Assessment) -> str:
    """Return a mark that changes whenever a cell of the page does."""
    cells = SubGrade.objects.filter(assessment=assessment).aggregate(Count("pk"), Sum("version"))
    grades = Grade.objects.filter(assessment=assessment).aggregate(Count("pk"), Sum("version"))
    return stamp(*cells.values(), *grades.values())


def parts_as_data(page: PartsPage) -> dict[str, Any]:
    """Return the page for the grid that is open: cells with their versions, and the grades they make."""
    return {
        "stamp": page.stamp,
        "cells": [
            [cell.part.pk, row.pupil.pk, cell.version, cell.text, ""]
            for row in page.rows
            for cell in row.cells
            if cell.version
        ],
        "rows": {row.pupil.pk: [row.grade, row.is_low] for row in page.rows},
        "columns": {},
        "average": "",
        "is_closed": page.is_closed,
    }


def sub_history(assessment: Assessment, pupil_id: int) -> list[SubGrade]:
    """Return the cells of a pupil in the competences of an assessment, each with all that it was before."""
    past = PastSubGrade.objects.select_related("written_by", "level")
    return list(
        SubGrade.objects.filter(assessment=assessment, pupil=pupil_id)
        .select_related("part__competence", "level", "written_by")
        .prefetch_related(Prefetch("past", past))
        .order_by("part__rank")
    )


def earlier_assessments(group: CourseGroup, teacher: Person, *, at_most: int = 12) -> list[Assessment]:
    """Return the latest assessments of the same subject that a teacher may begin another from."""
    mine = teacher.assignments.values("group")
    found = (
        Assessment.objects.filter(group__in=mine, group__course__subject=group.course.subject_id)
        .select_related("category", "group")
        .order_by("-held_on", "-pk")[: at_most * 4]
    )
    kinds = {
        (assessment.title, assessment.category_id, assessment.max_points): assessment
        for assessment in reversed(found)
    }
    return sorted(kinds.values(), key=lambda kind: (kind.held_on, kind.pk), reverse=True)[:at_most]


def as_begun_from(earlier: Assessment) -> dict[str, Any]:
    """Return what the form of an assessment begins with when it is like an earlier one."""
    return {
        "like": earlier.pk,
        "title": earlier.title,
        "category": earlier.category_id,
        "max_points": earlier.max_points,
        "weight": earlier.weight,
        "purpose": earlier.purpose,
        "scale": earlier.scale_id,
        "remark": earlier.remark,
    }


def statement_of(assessment: Assessment) -> Statement | None:
    """Return the statement of an assessment, if there is one."""
    return Statement.objects.filter(assessment=assessment).select_related("file__kept_by").first()


def feedback_of(assessment: Assessment, pupil: Person) -> Feedback | None:
    """Return the file given back to a pupil, if there is one."""
    given = Feedback.objects.filter(assessment=assessment, pupil=pupil)
    return given.select_related("file__kept_by").first()


def files_of(assessment: Assessment) -> int:
    """Count the files that go with an assessment: its statement, and what went back to pupils."""
    kinds = (Statement, Feedback)
    return sum(kind.objects.filter(assessment=assessment).count() for kind in kinds)

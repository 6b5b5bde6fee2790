"""The grades of the last days, for Today: of oneself, and of those one answers for."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from preau.grading.queries import Schemes
from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.people.relations import read_at_home_by

from ..models import Grade
from ..rules import may_read_grade_at_home
from .read_grades import ReadGrade, as_read

MOST_NEW = 100
"""How many new grades are looked at, for all the children together."""


def new_grades(reader: Person, *, since: datetime, at_most: int = 5) -> dict[int, list[ReadGrade]]:
    """Return, by pupil, the latest grades of oneself and of those one answers for. One query."""
    found: dict[int, list[ReadGrade]] = {}
    for grade in _new_grades(reader, since, read_at_home_by(reader)):
        latest = found.setdefault(grade.pupil_id, [])
        if len(latest) < at_most:
            assessment = grade.assessment
            scheme = Schemes(assessment.period.starts_on).for_course(assessment.group.course)
            latest.append(as_read(grade, scheme))
    return found


@asked_often
def _new_grades(reader: Person, since: datetime, pupils: list[int]) -> QuerySet[Grade]:
    recent = Grade.objects.filter(pupil__in=pupils, assessment__publication__parents_at__gt=since).written()
    grades = (
        may_read_grade_at_home.among(recent, reader)
        .select_related(
            "token", "level", "assessment__category", "assessment__period", "assessment__group__course"
        )
        .order_by("-assessment__publication__published_at", "-assessment_id")
    )
    return grades[:MOST_NEW]

"""What the gradebook holds about a pupil, as the pupil may take it away: what is published, and no more."""

from __future__ import annotations

from typing import Any

from preau.people.models import Person

from ..models import Feedback, FillingChoice, Grade, PastGrade, SubGrade
from ..rules import may_read_feedback, may_read_grade, may_read_sub_grade
from .parts import grade_text, text_of

Rows = list[dict[str, Any]]


def held_about(person: Person) -> dict[str, Rows]:
    """Return the published grades and what they were before, competences, rubrics, files. Five queries."""
    grades = may_read_grade.among(Grade.objects.filter(pupil=person).written(), person)
    sub_grades = may_read_sub_grade.among(
        SubGrade.objects.filter(pupil=person).exclude(points=None, level=None), person
    )
    files = may_read_feedback.among(Feedback.objects.filter(pupil=person), person)
    return {
        "grades": [
            {**_of(grade), "grade": grade_text(grade), "remark": grade.remark}
            for grade in grades.select_related("token", "level", *COURSE).order_by(*IN_TIME)
        ],
        "earlier_grades": [
            {
                **_of(past.grade),
                "grade": grade_text(past),
                "remark": past.remark,
                "until_version": past.version,
                "written_at": past.written_at,
            }
            for past in PastGrade.objects.filter(grade__in=grades.values("pk"))
            .select_related("token", "level", "grade__assessment__group__course")
            .order_by("grade", "version")
        ],
        "competences": [
            {**_of(grade), "competence": str(grade.part.competence), "reached": text_of(grade)}
            for grade in sub_grades.select_related("level", "part__competence", *COURSE).order_by(*IN_TIME)
        ],
        "rubrics": _rubrics(person),
        "files": [
            {**_of(file), "name": file.file.name}
            for file in files.select_related("file", *COURSE).order_by(*IN_TIME)
        ],
    }


COURSE = ("assessment__group__course",)
IN_TIME = ("assessment__held_on", "assessment_id", "pk")


def _of(record: Any) -> dict[str, Any]:
    """Return which assessment a record is about."""
    it = record.assessment
    return {
        "held_on": it.held_on,
        "course": it.group.course.name,
        "assessment": it.title,
        "out_of": it.max_points,
    }


def _rubrics(person: Person) -> Rows:
    readable = may_read_grade.among(Grade.objects.filter(pupil=person), person).values("assessment")
    choices = FillingChoice.objects.filter(filling__pupil=person, filling__assessment__in=readable)
    return [
        {
            "assessment": choice.filling.assessment.title,
            "criterion": choice.criterion.title,
            "level": choice.descriptor.level.label,
            "points": choice.descriptor.points,
        }
        for choice in choices.select_related(
            "filling__assessment", "criterion", "descriptor__level"
        ).order_by("filling__assessment__held_on", "criterion__rank")
    ]

"""Writing many grades at once, from a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from preau.people.models import Person

from ..models import Closing, Grade, PastGrade
from ..typed import Typed
from .grades import GradebookClosed


@dataclass(frozen=True, slots=True)
class ImportedGrade:
    """What a file says of one cell."""

    assessment_id: int
    pupil_id: int
    typed: Typed


@transaction.atomic
def import_grades(*, grades: Iterable[ImportedGrade], by: Person | None, at: datetime) -> dict[str, int]:
    """
    Write what a file says: new cells are added, others changed with their past kept, the same left alone.

    Whoever calls has checked that the pupils belong to the groups and the points to the assessments.
    Returns how many were `new`, `changed` and `unchanged`.

    :raises GradebookClosed: when one of the gradebooks is closed for its period; then nothing is written
    """
    wanted = {(it.assessment_id, it.pupil_id): it.typed for it in grades}
    assessments = {assessment for assessment, _pupil in wanted}
    _refuse_closed(assessments)
    there = {
        (grade.assessment_id, grade.pupil_id): grade
        for grade in Grade.objects.filter(assessment__in=assessments).select_for_update()
    }
    new = [_new_grade(key, typed, by, at) for key, typed in wanted.items() if key not in there]
    changed = [
        (there[key], typed) for key, typed in wanted.items() if key in there and not _same(there[key], typed)
    ]
    PastGrade.objects.bulk_create([_past(grade) for grade, _typed in changed], batch_size=1000)
    for grade, typed in changed:
        grade.points, grade.token, grade.level = typed.points, typed.token, typed.level
        grade.version += 1
        grade.reason, grade.written_by, grade.written_at = "", by, at
    Grade.objects.bulk_create(new, batch_size=1000)
    Grade.objects.bulk_update(
        [grade for grade, _typed in changed],
        ["points", "token", "level", "version", "reason", "written_by", "written_at"],
        batch_size=500,
    )
    return {"new": len(new), "changed": len(changed), "unchanged": len(wanted) - len(new) - len(changed)}


def _refuse_closed(assessments: set[int]) -> None:
    closed = Closing.objects.filter(
        reopened_at=None, group__assessments__in=assessments, period=F("group__assessments__period")
    )
    if closed.exists():
        raise GradebookClosed


def _new_grade(key: tuple[int, int], typed: Typed, by: Person | None, at: datetime) -> Grade:
    return Grade(
        assessment_id=key[0],
        pupil_id=key[1],
        points=typed.points,
        token=typed.token,
        level=typed.level,
        written_by=by,
        written_at=at,
    )


def _same(grade: Grade, typed: Typed) -> bool:
    token, level = typed.token and typed.token.pk, typed.level and typed.level.pk
    return (grade.points, grade.token_id, grade.level_id) == (typed.points, token, level)


def _past(grade: Grade) -> PastGrade:
    return PastGrade(
        grade=grade,
        version=grade.version,
        points=grade.points,
        token_id=grade.token_id,
        level_id=grade.level_id,
        remark=grade.remark,
        reason=grade.reason,
        written_by_id=grade.written_by_id,
        written_at=grade.written_at,
    )

"""A grade that is the sum of its parts: written as soon as all of them are there."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from preau.people.models import Person

from ..models import Assessment, Grade, SubGrade
from ..typed import Typed
from .grades import write_grade


def add_up(*, assessment: Assessment, pupil: Person, by: Person, at: datetime) -> None:
    """Write the sum of a pupil's points once all are there; a token that stands there stays till then."""
    if assessment.composition != Assessment.Composition.COMPETENCES:
        return
    parts = [part.pk for part in assessment.parts.all() if part.max_points is not None]
    points = [
        grade.points
        for grade in SubGrade.objects.filter(part__in=parts, pupil=pupil, points__isnull=False)
        if grade.points is not None
    ]
    write_sum(
        assessment=assessment,
        pupil=pupil,
        total=sum(points, Decimal(0)) if len(points) == len(parts) else None,
        by=by,
        at=at,
    )


def write_sum(
    *, assessment: Assessment, pupil: Person, total: Decimal | None, by: Person, at: datetime
) -> None:
    """Write what the parts come to in the cell of the assessment; nothing while one is missing."""
    grade = Grade.objects.filter(assessment=assessment, pupil=pupil).first()
    if total is None and (grade is None or grade.points is None):
        return
    write_grade(
        assessment=assessment,
        pupil=pupil,
        typed=Typed(total, is_sum=True),
        version=grade.version if grade else 0,
        by=by,
        at=at,
        reason=_("sum of its parts"),
    )

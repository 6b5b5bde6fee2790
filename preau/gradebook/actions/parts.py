"""The parts of an assessment: the competences it looks at, and what each pupil reached in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.design.pieces import cote
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.queries import members_of
from preau.trail.actions import note

from ..models import AssessedCompetence, Assessment, Grade, RubricUse, SubGrade
from .grades import hold_open
from .sums import add_up


class PartInUse(Refusal):
    words = _("Pupils have grades in “%(code)s”: empty them before you take it away or change its scale.")


class NothingToAdd(Refusal):
    words = _("No competence is in points: there is nothing to add up. Levels do not add up.")


class MoreThanItsParts(Refusal):
    words = _("A pupil has %(points)s points: the parts together cannot be out of less.")


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A competence that an assessment is to look at: in points when there is a maximum, else on a scale."""

    competence_id: int
    max_points: Decimal | None = None
    scale_id: int | None = None


CHOOSE_COMPETENCES = TracedAct(
    "gradebook.choose_competences", _("chose the competences of the assessment %(subject)s")
)


@transaction.atomic
def choose_parts(
    *, assessment: Assessment, parts: Sequence[AskedPart], adds_up: bool, by: Person, at: datetime
) -> None:
    """
    Say which competences an assessment looks at, and whether its grade is their sum.

    :raises GradebookClosed: once the period is closed for the group
    :raises PartInUse: when a competence in which pupils have grades would go or change its scale
    :raises NothingToAdd: when the grade is to be their sum and none is in points
    """
    hold_open(assessment.group_id, assessment.period_id)
    there = {part.competence_id: part for part in assessment.parts.select_related("competence")}
    wanted = {part.competence_id for part in parts}
    for key, part in there.items():
        if key not in wanted:
            _remove(part)
    for rank, asked in enumerate(parts):
        part = there.get(asked.competence_id) or AssessedCompetence(
            assessment=assessment, competence_id=asked.competence_id
        )
        _change(part, asked, rank)
    _compose(assessment, adds_up)
    note(CHOOSE_COMPETENCES, by=by, subject=assessment.title)
    for pupil in members_of(assessment.group, during=assessment.period):
        add_up(assessment=assessment, pupil=pupil, by=by, at=at)


def _remove(part: AssessedCompetence) -> None:
    if SubGrade.objects.filter(part=part).exclude(points=None, level=None).exists():
        raise PartInUse(code=part.competence.code)
    part.delete()


def _change(part: AssessedCompetence, asked: AskedPart, rank: int) -> None:
    graded = SubGrade.objects.filter(part=part).exclude(points=None, level=None) if part.pk else None
    if graded is not None and (part.scale_id or None) != asked.scale_id and graded.exists():
        raise PartInUse(code=part.competence.code)
    if graded is not None and asked.max_points is not None:
        most = max((sub_grade.points for sub_grade in graded if sub_grade.points is not None), default=None)
        if most is not None and most > asked.max_points:
            raise MoreThanItsParts(points=cote(most))
    part.max_points, part.scale_id, part.rank = asked.max_points, asked.scale_id, rank
    part.save()


def _compose(assessment: Assessment, adds_up: bool) -> None:
    if not adds_up:
        if assessment.composition == Assessment.Composition.COMPETENCES:
            assessment.composition = Assessment.Composition.WHOLE
            assessment.save(update_fields=["composition"])
        return
    out_of = sum((part.max_points for part in assessment.parts.all() if part.max_points), Decimal(0))
    if not out_of:
        raise NothingToAdd
    compose_of(assessment, Assessment.Composition.COMPETENCES, out_of)


def compose_of(assessment: Assessment, composition: str, out_of: Decimal) -> None:
    """
    Let the grade be the sum of parts that are out of so many points together.

    :raises MoreThanItsParts: when a grade already typed is higher
    """
    grades = Grade.objects.filter(assessment=assessment, points__gt=out_of).order_by("-points")
    if highest := grades.first():
        raise MoreThanItsParts(points=cote(highest.points))
    assessment.composition, assessment.max_points, assessment.scale = composition, out_of, None
    assessment.save(update_fields=["composition", "max_points", "scale"])


def copy_parts(*, source: Assessment, target: Assessment) -> None:
    """Give an assessment the competences, the rubric and the composition of another."""
    AssessedCompetence.objects.bulk_create(
        AssessedCompetence(
            assessment=target,
            competence_id=part.competence_id,
            max_points=part.max_points,
            scale_id=part.scale_id,
            rank=part.rank,
        )
        for part in source.parts.all()
    )
    use = RubricUse.objects.filter(assessment=source).first()
    if use is not None:
        RubricUse.objects.create(assessment=target, rubric_id=use.rubric_id)
    if source.composition:
        target.composition, target.max_points, target.scale = source.composition, source.max_points, None
        target.save(update_fields=["composition", "max_points", "scale"])

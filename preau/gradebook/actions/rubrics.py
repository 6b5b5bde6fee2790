"""Making rubrics, grading with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.queries import members_of
from preau.trail.actions import note

from ..models import (
    Assessment,
    Criterion,
    Descriptor,
    FillingChoice,
    PastFilling,
    Rubric,
    RubricFilling,
    RubricLevel,
    RubricUse,
)
from ..queries.rubrics import best_total, said_of
from .grades import NotInGroup, hold_open
from .parts import compose_of
from .sums import write_sum


class RubricFilled(Refusal):
    words = _("Pupils have been graded with this rubric: it stays as it is. Copy it, and change the copy.")


class RubricEmpty(Refusal):
    words = _("A rubric has at least one level, and one criterion with points.")


class RubricChangedMeanwhile(Refusal):
    words = _("%(by)s filled this rubric in meanwhile: %(theirs)s. Keep theirs, or send yours over it.")


@dataclass(frozen=True, slots=True)
class AskedCriterion:
    """A line of a rubric: its title and, for each level, its words and points (None: no such level)."""

    title: str
    cells: Sequence[tuple[str, Decimal | None]] = field(default_factory=tuple)


KEEP_RUBRIC = TracedAct("gradebook.keep_rubric", _("kept the rubric %(subject)s"))


@transaction.atomic
def keep_rubric(
    *,
    rubric: Rubric | None,
    title: str,
    levels: Sequence[str],
    criteria: Sequence[AskedCriterion],
    by: Person,
    at: datetime,
) -> Rubric:
    """
    Make a rubric, or change one with which nobody has been graded.

    :raises RubricFilled: when somebody has
    :raises RubricEmpty: when there is nothing to choose
    """
    if rubric is not None and _is_filled(rubric):
        raise RubricFilled
    if not levels or not any(
        points is not None for criterion in criteria for _text, points in criterion.cells
    ):
        raise RubricEmpty
    kept = rubric or Rubric(made_by=by, made_at=at)
    kept.title = title
    kept.save()
    kept.criteria.all().delete()
    kept.levels.all().delete()
    columns = [
        RubricLevel.objects.create(rubric=kept, label=label, rank=rank) for rank, label in enumerate(levels)
    ]
    for rank, asked in enumerate(criteria):
        criterion = Criterion.objects.create(rubric=kept, title=asked.title, rank=rank)
        Descriptor.objects.bulk_create(
            Descriptor(criterion=criterion, level=level, text=text, points=points)
            for level, (text, points) in zip(columns, asked.cells, strict=False)
            if points is not None
        )
    for use in kept.uses.select_related("assessment"):
        hold_open(use.assessment.group_id, use.assessment.period_id)
        compose_of(use.assessment, Assessment.Composition.RUBRIC, best_total(kept))
    note(KEEP_RUBRIC, by=by, subject=kept.title)
    return kept


def _is_filled(rubric: Rubric) -> bool:
    return FillingChoice.objects.filter(criterion__rubric=rubric).exists()


@transaction.atomic
def copy_rubric(*, rubric: Rubric, by: Person, at: datetime) -> Rubric:
    """Make a rubric of one's own out of another."""
    criteria = [
        AskedCriterion(
            criterion.title,
            [
                next(
                    (
                        (descriptor.text, descriptor.points)
                        for descriptor in criterion.descriptors.all()
                        if descriptor.level_id == level.pk
                    ),
                    ("", None),
                )
                for level in rubric.levels.all()
            ],
        )
        for criterion in rubric.criteria.prefetch_related("descriptors")
    ]
    return keep_rubric(
        rubric=None,
        title=gettext("%(title)s (copy)") % {"title": rubric.title[:90]},
        levels=[level.label for level in rubric.levels.all()],
        criteria=criteria,
        by=by,
        at=at,
    )


ATTACH_RUBRIC = TracedAct("gradebook.attach_rubric", _("chose the rubric of the assessment %(subject)s"))


@transaction.atomic
def attach_rubric(*, assessment: Assessment, rubric: Rubric | None, by: Person, at: datetime) -> None:
    """
    Grade an assessment with a rubric, or (None) no longer: its grade is then typed, and grades stay.

    :raises RubricFilled: when somebody has been graded with another one
    """
    hold_open(assessment.group_id, assessment.period_id)
    use = RubricUse.objects.filter(assessment=assessment).first()
    if use is not None and (rubric is None or use.rubric_id != rubric.pk):
        if FillingChoice.objects.filter(filling__assessment=assessment).exists():
            raise RubricFilled
        use.delete()
    if rubric is None:
        if assessment.composition == Assessment.Composition.RUBRIC:
            assessment.composition = Assessment.Composition.WHOLE
            assessment.save(update_fields=["composition"])
        return
    RubricUse.objects.update_or_create(assessment=assessment, defaults={"rubric": rubric})
    compose_of(assessment, Assessment.Composition.RUBRIC, best_total(rubric))
    note(ATTACH_RUBRIC, by=by, subject=assessment.title)


@transaction.atomic
def fill_rubric(
    *,
    assessment: Assessment,
    pupil: Person,
    chosen: Mapping[int, Descriptor],
    version: int,
    by: Person,
    at: datetime,
) -> RubricFilling:
    """
    Choose a level for criteria of the rubric; the grade is their sum once every criterion has one.

    :param chosen: the descriptor of each criterion, by key of criterion; those not named are emptied
    :param version: the version that was on the screen, 0 when nobody had filled it in
    :raises RubricChangedMeanwhile: when another version stands there now
    :raises GradebookClosed: once the period is closed for the group
    """
    hold_open(assessment.group_id, assessment.period_id)
    filling = RubricFilling.objects.filter(assessment=assessment, pupil=pupil).first()
    if filling is None:
        filling = _first(assessment, pupil, by, at)
    elif {choice.criterion_id: choice.descriptor_id for choice in filling.choices.all()} == {
        key: descriptor.pk for key, descriptor in chosen.items()
    }:
        return filling
    else:
        _keep_past(filling, version, by, at)
    filling.choices.all().delete()
    FillingChoice.objects.bulk_create(
        FillingChoice(filling=filling, criterion_id=key, descriptor=descriptor)
        for key, descriptor in chosen.items()
    )
    criteria = Criterion.objects.filter(rubric__uses__assessment=assessment).count()
    total = (
        sum((descriptor.points for descriptor in chosen.values()), Decimal(0))
        if len(chosen) == criteria
        else None
    )
    write_sum(assessment=assessment, pupil=pupil, total=total, by=by, at=at)
    return filling


def _first(assessment: Assessment, pupil: Person, by: Person, at: datetime) -> RubricFilling:
    if not members_of(assessment.group, during=assessment.period).filter(pk=pupil.pk).exists():
        raise NotInGroup(pupil=pupil.full_name)
    return RubricFilling.objects.create(assessment=assessment, pupil=pupil, written_by=by, written_at=at)


def _keep_past(filling: RubricFilling, version: int, by: Person, at: datetime) -> None:
    if filling.version != version:
        theirs = "; ".join(f"{criterion}: {level}" for criterion, level, _points in said_of(filling))
        who = filling.written_by.full_name if filling.written_by else gettext("An import")
        raise RubricChangedMeanwhile(by=who, theirs=theirs or gettext("nothing"))
    PastFilling.objects.create(
        filling=filling,
        version=filling.version,
        said=said_of(filling),
        written_by=filling.written_by,
        written_at=filling.written_at,
    )
    filling.version, filling.written_by, filling.written_at = filling.version + 1, by, at
    filling.save(update_fields=["version", "written_by", "written_at"])

"""The plans that somebody applies at work, and those still to be read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.structure.models import ClassGroup
from preau.structure.queries import classes_by_pupil

from ..models import Acknowledgement, Adjustment, AdjustmentPlan
from ..rules import may_acknowledge, may_read_at_work


@dataclass(frozen=True, slots=True)
class ToRead:
    """A plan one applies: the class of the pupil, the measures one may know, whether it is read."""

    plan: AdjustmentPlan
    class_group: ClassGroup | None
    measures: list[Adjustment]
    is_read: bool


def unread_of(person: Person) -> list[AdjustmentPlan]:
    """Return the plans that a person applies and has not read as they stand now. One query at most."""
    return _unread_of(person)


@asked_often
def _unread_of(reader: Person) -> QuerySet[AdjustmentPlan]:
    plans = AdjustmentPlan.objects.filter(may_acknowledge.condition(reader)).exclude(_read_by(reader))
    return plans.select_related("pupil").order_by("pupil__sort_name", "pk")


def _read_by(reader: Person) -> Exists:
    read = Acknowledgement.objects.filter(
        plan=OuterRef("pk"), person=reader.pk, at__gte=OuterRef("changed_at")
    )
    return Exists(read)


def plans_to_apply(person: Person) -> list[ToRead]:
    """Return the plans that a person applies, those to be read first. A fixed number of queries."""
    mine = may_acknowledge.among(AdjustmentPlan.objects.select_related("pupil"), person)
    plans = list(mine.annotate(is_read=_read_by(person)).order_by("is_read", "pupil__sort_name", "pk"))
    classes = classes_by_pupil({plan.pupil_id for plan in plans})
    known = Adjustment.objects.filter(plan__in=plans).select_related("measure", "subject")
    measures: dict[int, list[Adjustment]] = {}
    for adjustment in may_read_at_work.among(known, person):
        measures.setdefault(adjustment.plan_id, []).append(adjustment)
    return [
        ToRead(plan, classes.get(plan.pupil_id), measures.get(plan.pk, []), plan.is_read) for plan in plans
    ]

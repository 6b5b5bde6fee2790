"""The plans as those who keep them see them: found, looked over, one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.people.models import Person
from preau.people.ties import in_force
from preau.structure.models import ClassGroup, TeachingAssignment
from preau.structure.queries import classes_by_pupil

from ..models import Acknowledgement, Adjustment, AdjustmentPlan, Measure
from ..rules import may_acknowledge, may_keep_plan, may_plan_for, may_read_adjustment

MOST_PUPILS = 30


class Standing(models.TextChoices):
    """Where a plan stands today."""

    IN_FORCE = "in_force", _("in force")
    TO_SIGN = "to_sign", _("to be signed")
    UNREAD = "unread", _("not read by all teachers")
    TO_COME = "to_come", _("to come")
    ENDED = "ended", _("ended")


@dataclass(frozen=True, slots=True)
class Reader:
    """A teacher to whom a plan applies, and when he or she read it as it stands, if ever."""

    person: Person
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan with its measures, the class of the pupil and the teachers who apply it."""

    plan: AdjustmentPlan
    class_group: ClassGroup | None
    measures: list[Adjustment]
    readers: list[Reader]

    @property
    def read(self) -> int:
        return sum(1 for reader in self.readers if reader.read_at)

    @property
    def is_unread(self) -> bool:
        return self.plan.is_in_force and self.read < len(self.readers)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as one reader may know it."""

    plan: AdjustmentPlan
    class_group: ClassGroup | None
    measures: list[Adjustment]
    keeps: bool
    applies: bool
    read_at: datetime | None
    """When the reader last read it as it stands."""
    readers: list[Reader]
    """The teachers who apply it, for those who keep it."""

    @property
    def states(self) -> list[tuple[str, str, str]]:
        return states_of(self.plan)


def states_of(plan: AdjustmentPlan) -> list[tuple[str, str, str]]:
    """Return what there is to say of where a plan stands: each in words, in what tone, under which icon."""
    states = []
    if plan.has_ended:
        states.append((gettext("ended"), "", ""))
    elif not plan.has_begun:
        states.append((gettext("to come"), "info", ""))
    if not plan.signed_on and not plan.has_ended:
        states.append((gettext("to be signed"), "warning", "writing"))
    return states


def plans_found(keeper: Person, *, words: str = "", standing: str = "") -> QuerySet[AdjustmentPlan]:
    """Return the plans that a person keeps, by name of the pupil."""
    pupils = Person.objects.named(words).order_by()
    plans = may_keep_plan.among(AdjustmentPlan.objects.filter(_stands(standing)), keeper)
    if words:
        plans = plans.filter(pupil__in=pupils)
    return plans.select_related("pupil").order_by("pupil__sort_name", "-starts_on", "pk")


def _stands(standing: str) -> Q:
    today = clock.today()
    ended = Q(ends_on__lte=today)
    match standing:
        case Standing.TO_SIGN:
            return Q(signed_on=None) & (Q(ends_on=None) | Q(ends_on__gt=today))
        case Standing.TO_COME:
            return Q(starts_on__gt=today) & (Q(ends_on=None) | Q(ends_on__gt=today))
        case Standing.ENDED:
            return ended
        case Standing.UNREAD:
            return in_force() & Q(_is_unread())
        case _:
            return in_force()


def _is_unread() -> Exists:
    """Return the condition that a teacher of what a plan is about has not read it as it stands."""
    follows = in_force(prefix="group__memberships__") & Q(group__memberships__pupil=OuterRef("pupil"))
    plan = OuterRef(OuterRef("pk"))
    about = Adjustment.objects.filter(
        Q(subject=None) | Q(subject=OuterRef("group__course__subject")), plan=plan
    )
    read = Acknowledgement.objects.filter(
        plan=plan, person=OuterRef("teacher"), at__gte=OuterRef(OuterRef("changed_at"))
    )
    teaching = TeachingAssignment.objects.filter(in_force()).filter(follows)
    return Exists(teaching.filter(Exists(about), ~Exists(read)))


def plan_lines(plans: Iterable[AdjustmentPlan]) -> list[PlanLine]:
    """Return the plans with all that the list shows. Four queries, whatever their number."""
    shown = list(plans)
    classes = classes_by_pupil({plan.pupil_id for plan in shown})
    measures: defaultdict[int, list[Adjustment]] = defaultdict(list)
    for adjustment in Adjustment.objects.filter(plan__in=shown).select_related("measure", "subject"):
        measures[adjustment.plan_id].append(adjustment)
    readers = _readers_of(shown, measures)
    return [PlanLine(plan, classes.get(plan.pupil_id), measures[plan.pk], readers[plan.pk]) for plan in shown]


def _readers_of(
    plans: Sequence[AdjustmentPlan], measures: defaultdict[int, list[Adjustment]]
) -> dict[int, list[Reader]]:
    """Return, by plan, those who teach the pupil today what its measures are about. Two queries."""
    read = {
        (said.plan_id, said.person_id): said.at
        for said in Acknowledgement.objects.filter(plan__in=plans).order_by("at")
    }
    taught = _taught({plan.pupil_id for plan in plans})
    found: dict[int, list[Reader]] = {}
    for plan in plans:
        subjects = {adjustment.subject_id for adjustment in measures[plan.pk]}
        teachers = {
            teacher.pk: teacher
            for subject, teacher in taught[plan.pupil_id]
            if subject in subjects or None in subjects
        }
        moments = {key: read.get((plan.pk, key)) for key in teachers}
        found[plan.pk] = [
            Reader(teacher, _still_counts(moments[key], plan)) for key, teacher in teachers.items()
        ]
    return found


def _still_counts(moment: datetime | None, plan: AdjustmentPlan) -> datetime | None:
    return moment if moment and moment >= plan.changed_at else None


def _taught(pupils: Iterable[int]) -> defaultdict[int, list[tuple[int, Person]]]:
    """Return, by pupil, who teaches them which subject today, by name of the teacher."""
    follows = in_force(prefix="group__memberships__") & Q(group__memberships__pupil__in=list(pupils))
    ties = (
        TeachingAssignment.objects.filter(in_force())
        .filter(follows)
        .annotate(
            pupil_taught=models.F("group__memberships__pupil"), subject=models.F("group__course__subject")
        )
        .select_related("teacher")
        .order_by("teacher__sort_name", "teacher", "pk")
    )
    found: defaultdict[int, list[tuple[int, Person]]] = defaultdict(list)
    for tie in ties:
        found[tie.pupil_taught].append((tie.subject, tie.teacher))
    return found


def plan_page(plan: AdjustmentPlan, reader: Person) -> PlanPage:
    """Return what a person may know of a plan."""
    known = may_read_adjustment.among(plan.adjustments.select_related("measure", "subject"), reader)
    keeps = may_keep_plan.allows(reader, plan)
    said = Acknowledgement.objects.filter(plan=plan, person=reader, at__gte=plan.changed_at)
    return PlanPage(
        plan=plan,
        class_group=classes_by_pupil([plan.pupil_id]).get(plan.pupil_id),
        measures=list(known),
        keeps=keeps,
        applies=may_acknowledge.allows(reader, plan),
        read_at=said.order_by("-at").values_list("at", flat=True).first(),
        readers=plan_lines([plan])[0].readers if keeps and plan.is_in_force else [],
    )


def latest_plan_of(pupil: Person, plans: QuerySet[AdjustmentPlan]) -> AdjustmentPlan | None:
    """Return the latest of these plans that is the pupil's and has not ended."""
    open_ones = plans.filter(pupil=pupil).filter(Q(ends_on=None) | Q(ends_on__gt=clock.today()))
    return open_ones.order_by("starts_on", "pk").first()


def pupils_to_plan_for(keeper: Person, words: str) -> list[tuple[Person, ClassGroup | None]]:
    """Return the first pupils of that name for whom a person may make a plan, with their class."""
    if not words.strip():
        return []
    found = may_plan_for.among(Person.objects.named(words).by_name(), keeper)
    pupils = list(found[:MOST_PUPILS])
    classes = classes_by_pupil(pupil.pk for pupil in pupils)
    return [(pupil, classes.get(pupil.pk)) for pupil in pupils]


def measures_listed() -> QuerySet[Measure]:
    """Return the school's measures in order, each with the number of plans in force that have it."""
    plans = models.Count("adjustments__plan", filter=in_force(prefix="adjustments__plan__"), distinct=True)
    return Measure.objects.annotate(plans=plans)

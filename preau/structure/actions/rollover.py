"""Bringing a school year forward: what is settled beforehand, the act itself, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.kit import clock
from preau.kit.progress import Progress, nobody_watches
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.people.own_ties import refuse_own_tie
from preau.structure.models import ClassGroup, ClassStep, PupilStep, Rollover, SchoolYear
from preau.structure.queries.rollover import RolloverPlan, rollover_plan, rollover_under_way
from preau.structure.queries.rollover.applied import ROLLOVER
from preau.trail.actions import Noted, note, note_many
from preau.work.actions import carry_out, order
from preau.work.models import Work

from .carrying import carry


class YearIsOver(Refusal):
    words = gettext_lazy("The school year %(name)s is over: nothing is brought forward to it any more.")


class NothingToBringForward(Refusal):
    words = gettext_lazy("All that is decided was brought forward already.")


class PlanHasChanged(Refusal):
    words = gettext_lazy("The plan has changed since you read it. Read it again before you go on.")


class RolloverUnderWay(Refusal):
    words = gettext_lazy("This year is being brought forward already.")


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody says of a pupil: a decision or none, and a class where it is not the one of all."""

    pupil: int
    decision: str
    to: str = ""


CHANGE_CLASS_STEP = TracedAct("structure.change_class_step", gettext_lazy("said what becomes of %(subject)s"))
DECIDE = TracedAct(
    "structure.decide_next_year",
    gettext_lazy("said where the pupil goes in the school year %(subject)s"),
    reserved=True,
)


@transaction.atomic
def settle_class(
    *,
    class_group: ClassGroup,
    school_year: SchoolYear,
    to: str,
    is_carried: bool,
    tutors_stay: bool,
    tutor: Person | None,
    decided: Iterable[Decided],
    by: Person | None,
    at: datetime,
) -> int:
    """
    Keep what becomes of a class and of its pupils in the next year; return of how many pupils it says
    something new. Nobody is enrolled before the year is brought forward.

    :param to: where those who pass go: the name of a class, `OUT`, `UNKNOWN`, or nothing for what is proposed
    :raises NobodyTiesOneself: when the new titulaire is whoever does it
    """
    _hold(school_year)
    if tutor is not None:
        refuse_own_tie(by, tutor)
    facts = {"to": to, "is_carried": is_carried, "tutors_stay": tutors_stay, "tutor": tutor}
    known = ClassStep.objects.filter(class_group=class_group).first() or ClassStep(class_group=class_group)
    if any(getattr(known, name) != value for name, value in facts.items()):
        ClassStep.objects.update_or_create(class_group=class_group, defaults=facts)
        note(CHANGE_CLASS_STEP, by=by, subject=class_group.name)
    return _decide(school_year, list(decided), by)


def _decide(school_year: SchoolYear, decided: Sequence[Decided], by: Person | None) -> int:
    pupils = [each.pupil for each in decided]
    known = {
        step.pupil_id: (step.decision, step.to)
        for step in PupilStep.objects.filter(school_year=school_year, pupil__in=pupils)
    }
    new = [each for each in decided if known.get(each.pupil, ("", "")) != (each.decision, each.to)]
    PupilStep.objects.filter(school_year=school_year, pupil__in=[each.pupil for each in new]).delete()
    PupilStep.objects.bulk_create(
        PupilStep(school_year=school_year, pupil_id=each.pupil, decision=each.decision, to=each.to)
        for each in new
        if each.decision
    )
    who = by.pk if by else None
    note_many(Noted(DECIDE, each.pupil, school_year.name, {}, who) for each in new)
    return len(new)


@transaction.atomic
def order_rollover(*, school_year: SchoolYear, seen: str, by: Person, at: datetime) -> Work:
    """
    Ask the worker to bring the earlier year forward, as the plan says that was read.

    :param seen: the fingerprint of that plan
    :raises PlanHasChanged: when it would do something else now
    :raises RolloverUnderWay: while it is being done
    """
    _hold(school_year)
    under_way = rollover_under_way(school_year)
    if under_way and under_way.is_under_way:
        raise RolloverUnderWay
    _checked_plan(school_year, seen, by)
    title = _("Bringing forward to %(name)s") % {"name": school_year.name}
    leads_to = reverse("structure:rollover", args=[school_year.pk])
    return order(
        what=ROLLOVER, title=title, leads_to=leads_to, by=by, at=at, school_year=school_year.pk, seen=seen
    )


def make_rollover(*, work: Work, progress: Progress = nobody_watches) -> None:
    """Bring a year forward as it was ordered: all of it, or nothing."""

    def act(tell: Progress) -> None:
        year = SchoolYear.objects.get(pk=work.details["school_year"])
        bring_forward(
            school_year=year,
            seen=work.details["seen"],
            by=work.asked_by,
            at=work.asked_at,
            work=work,
            progress=tell,
        )

    carry_out(work=work, act=act, progress=progress)


BRING_FORWARD = TracedAct(
    "structure.bring_forward",
    gettext_lazy("brought the school year forward to %(subject)s (%(pupils)s pupils, %(groups)s groups)"),
)


@transaction.atomic
def bring_forward(
    *,
    school_year: SchoolYear,
    seen: str,
    by: Person | None,
    at: datetime,
    work: Work | None = None,
    progress: Progress = nobody_watches,
) -> Rollover:
    """
    Bring the earlier year forward: classes, groups, teachers, pupils and their courses, from the first day of
    this year on. Done again, it does what was decided since, and nothing twice.

    :param seen: the fingerprint of the plan that was read
    :raises PlanHasChanged: when the plan says something else now
    :raises NothingToBringForward: when all of it is done
    """
    _hold(school_year)
    plan = _checked_plan(school_year, seen, by)
    carried = carry(plan, by=by, at=at, progress=progress)
    note(
        BRING_FORWARD,
        by=by,
        subject=school_year.name,
        pupils=len(plan.placements),
        groups=len(plan.new_groups),
    )
    return Rollover.objects.create(
        school_year=school_year, work=work, by=by, at=at, made=carried.made, ended=carried.ended
    )


def _checked_plan(school_year: SchoolYear, seen: str, by: Person | None) -> RolloverPlan:
    if school_year.ends_on <= clock.today():
        raise YearIsOver(name=school_year.name)
    plan = rollover_plan(school_year, by=by)
    if plan is None or plan.is_nothing:
        raise NothingToBringForward
    if plan.fingerprint != seen:
        raise PlanHasChanged
    return plan


def _hold(school_year: SchoolYear) -> None:
    """Hold the year until the transaction ends: two who settle it or bring it forward take turns."""
    SchoolYear.objects.select_for_update().get(pk=school_year.pk)

"""Making, changing and ending the plan of a pupil."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.people.ties import check_order, end_tie, keep_tie, short
from preau.structure.models import Subject
from preau.trail.actions import note as leave_trace

from ..models import Adjustment, AdjustmentPlan, Measure


class PupilHasAPlan(Refusal):
    field = "starts_on"
    words = _(
        "%(pupil)s has a plan from %(day)s already, and two cannot hold at once. "
        "Change that one, or end it before this one starts."
    )


class MeasureIsThere(Refusal):
    field = "measure"
    words = _("“%(measure)s” is in the plan already, for the same subject.")


class PlanHasEnded(Refusal):
    words = _("This plan has ended: it stays as it was. Make a new one, or give it a later end.")


MAKE_PLAN = TracedAct("follow_up.make_plan", _("made an adjustment plan for %(subject)s"), reserved=True)


@transaction.atomic
def make_plan(
    *,
    pupil: Person,
    starts_on: date,
    ends_on: date | None = None,
    signed_on: date | None = None,
    note: str = "",
    measures: Iterable[Measure] = (),
    by: Person,
    at: datetime,
) -> AdjustmentPlan:
    """
    Make a plan, with measures that hold in all subjects.

    :raises PupilHasAPlan: if another holds at the same time
    """
    plan = AdjustmentPlan(pupil=pupil, signed_on=signed_on, note=note, kept_by=by, changed_at=at)
    plan.starts_on, plan.ends_on = starts_on, ends_on
    keep_tie(plan, _another_holds)
    Adjustment.objects.bulk_create(Adjustment(plan=plan, measure=measure) for measure in measures)
    leave_trace(MAKE_PLAN, by=by, about=pupil, subject=pupil.full_name)
    return plan


CHANGE_PLAN = TracedAct(
    "follow_up.change_plan", _("changed the adjustment plan of %(subject)s"), reserved=True
)


@transaction.atomic
def change_plan(
    *,
    plan: AdjustmentPlan,
    starts_on: date,
    ends_on: date | None,
    signed_on: date | None,
    note: str,
    by: Person,
    at: datetime,
) -> AdjustmentPlan:
    """
    Change the dates, the signature or the note of a plan. A new note has to be read again.

    :raises PupilHasAPlan: if another then holds at the same time
    """
    kept: AdjustmentPlan = AdjustmentPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if kept.note != note:
        kept.changed_at = at
    kept.starts_on, kept.ends_on, kept.signed_on, kept.note = starts_on, ends_on, signed_on, note
    keep_tie(kept, _another_holds)
    leave_trace(CHANGE_PLAN, by=by, about=plan.pupil, subject=plan.pupil.full_name)
    return kept


END_PLAN = TracedAct("follow_up.end_plan", _("ended the adjustment plan of %(subject)s"), reserved=True)


@transaction.atomic
def end_plan(*, plan: AdjustmentPlan, on: date, by: Person, at: datetime) -> None:
    """
    End a plan: from that day its measures hold no longer.

    :raises PlanHasEnded: if it has ended before that day
    :raises EndsBeforeItStarts: if it would end before it starts
    """
    kept: AdjustmentPlan = AdjustmentPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if kept.ends_on is not None and kept.ends_on <= on:
        raise PlanHasEnded
    check_order(kept.starts_on, on)
    end_tie(kept, on)
    leave_trace(END_PLAN, by=by, about=plan.pupil, subject=plan.pupil.full_name)


ADJUST = TracedAct(
    "follow_up.adjust", _("put a measure in the adjustment plan of %(subject)s"), reserved=True
)


@transaction.atomic
def adjust(
    *,
    plan: AdjustmentPlan,
    measure: Measure,
    subject: Subject | None = None,
    detail: str = "",
    by: Person,
    at: datetime,
) -> Adjustment:
    """
    Put a measure in a plan, in one subject or in all. Those who read the plan have to read it again.

    :raises PlanHasEnded: if the plan holds no longer
    :raises MeasureIsThere: if it is there already
    """
    kept = _held(plan)
    if kept.adjustments.filter(measure=measure, subject=subject).exists():
        raise MeasureIsThere(measure=measure.label)
    adjustment = Adjustment.objects.create(plan=kept, measure=measure, subject=subject, detail=detail)
    _has_changed(kept, at)
    leave_trace(ADJUST, by=by, about=kept.pupil, subject=kept.pupil.full_name)
    return adjustment


DROP_ADJUSTMENT = TracedAct(
    "follow_up.drop_adjustment", _("took a measure off the adjustment plan of %(subject)s"), reserved=True
)


@transaction.atomic
def drop_adjustment(*, adjustment: Adjustment, by: Person, at: datetime) -> None:
    """
    Take a measure off a plan.

    :raises PlanHasEnded: if the plan holds no longer
    """
    kept = _held(adjustment.plan)
    adjustment.delete()
    _has_changed(kept, at)
    leave_trace(DROP_ADJUSTMENT, by=by, about=kept.pupil, subject=kept.pupil.full_name)


def _held(plan: AdjustmentPlan) -> AdjustmentPlan:
    """Return a plan that has not ended, held against others until the transaction ends."""
    plans = AdjustmentPlan.objects.select_for_update(of=("self",)).select_related("pupil")
    kept: AdjustmentPlan = plans.get(pk=plan.pk)
    if kept.has_ended:
        raise PlanHasEnded
    return kept


def _has_changed(plan: AdjustmentPlan, at: datetime) -> None:
    plan.changed_at = at
    plan.save(update_fields=["changed_at"])


def _another_holds(other: AdjustmentPlan, _day: str) -> Refusal:
    return PupilHasAPlan(pupil=other.pupil.full_name, day=short(other.starts_on))

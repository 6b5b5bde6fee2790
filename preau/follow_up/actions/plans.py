"""Making, changing and ending the plan of a pupil."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.people.models import Person
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


class EndsTooEarly(Refusal):
    field = "on"
    words = _("The plan starts on %(day)s: it can end from the day after.")


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
    _see_that_none_overlaps(pupil, starts_on, ends_on)
    plan = AdjustmentPlan.objects.create(
        pupil=pupil,
        starts_on=starts_on,
        ends_on=ends_on,
        signed_on=signed_on,
        note=note,
        kept_by=by,
        changed_at=at,
    )
    Adjustment.objects.bulk_create(Adjustment(plan=plan, measure=measure) for measure in measures)
    leave_trace("follow_up.make_plan", by=by, about=pupil, subject=pupil.full_name)
    return plan


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
    _see_that_none_overlaps(plan.pupil, starts_on, ends_on, but=plan)
    kept: AdjustmentPlan = AdjustmentPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if kept.note != note:
        kept.changed_at = at
    kept.starts_on, kept.ends_on, kept.signed_on, kept.note = starts_on, ends_on, signed_on, note
    kept.save()
    leave_trace("follow_up.change_plan", by=by, about=plan.pupil, subject=plan.pupil.full_name)
    return kept


@transaction.atomic
def end_plan(*, plan: AdjustmentPlan, on: date, by: Person, at: datetime) -> None:
    """
    End a plan: from that day its measures hold no longer.

    :raises PlanHasEnded: if it has ended before that day
    :raises EndsTooEarly: if it would end before it starts
    """
    kept: AdjustmentPlan = AdjustmentPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if kept.ends_on is not None and kept.ends_on <= on:
        raise PlanHasEnded
    if on <= kept.starts_on:
        raise EndsTooEarly(day=date_format(kept.starts_on, "SHORT_DATE_FORMAT"))
    kept.ends_on = on
    kept.save(update_fields=["ends_on"])
    leave_trace("follow_up.end_plan", by=by, about=plan.pupil, subject=plan.pupil.full_name)


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
    leave_trace("follow_up.adjust", by=by, about=kept.pupil, subject=kept.pupil.full_name)
    return adjustment


@transaction.atomic
def drop_adjustment(*, adjustment: Adjustment, by: Person, at: datetime) -> None:
    """
    Take a measure off a plan.

    :raises PlanHasEnded: if the plan holds no longer
    """
    kept = _held(adjustment.plan)
    adjustment.delete()
    _has_changed(kept, at)
    leave_trace("follow_up.drop_adjustment", by=by, about=kept.pupil, subject=kept.pupil.full_name)


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


def _see_that_none_overlaps(
    pupil: Person, starts_on: date, ends_on: date | None, *, but: AdjustmentPlan | None = None
) -> None:
    Person.objects.select_for_update().get(pk=pupil.pk)
    others = AdjustmentPlan.objects.filter(pupil=pupil).filter(Q(ends_on=None) | Q(ends_on__gt=starts_on))
    if ends_on is not None:
        others = others.filter(starts_on__lt=ends_on)
    other = others.exclude(pk=but.pk if but else None).order_by("starts_on").first()
    if other is not None:
        day = date_format(other.starts_on, "SHORT_DATE_FORMAT")
        raise PupilHasAPlan(pupil=pupil.full_name, day=day)

"""Saying that one has read a plan."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from preau.people.models import Person
from preau.trail.actions import note

from ..models import Acknowledgement, AdjustmentPlan


@transaction.atomic
def acknowledge(*, plan: AdjustmentPlan, by: Person, at: datetime) -> Acknowledgement:
    """Say that one has read a plan as it stands. Saying it twice is saying it once, until it changes."""
    AdjustmentPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    said = Acknowledgement.objects.filter(plan=plan, person=by, at__gte=plan.changed_at).first()
    if said is None:
        said = Acknowledgement.objects.create(plan=plan, person=by, at=at)
        note("follow_up.acknowledge", by=by, about=plan.pupil, subject=plan.pupil.full_name)
    return said

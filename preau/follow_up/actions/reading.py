"""Opening a plan, and saying that one has read it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.trail.actions import note, note_look

from ..models import Acknowledgement, AdjustmentPlan
from ..rules import may_read_as_family

LOOK = TracedAct("follow_up.look", _("opened the adjustments"))


def note_opening(*, plan: AdjustmentPlan, by: Person, at: datetime) -> None:
    """Note that somebody of the school opened a plan; the family is at home in it."""
    if not may_read_as_family.allows(by, plan):
        note_look(LOOK, by=by, about=plan.pupil)


ACKNOWLEDGE = TracedAct("follow_up.acknowledge", _("read the adjustment plan of %(subject)s"), reserved=True)


@transaction.atomic
def acknowledge(*, plan: AdjustmentPlan, by: Person, at: datetime) -> Acknowledgement:
    """Say that one has read a plan as it stands. Saying it twice is saying it once, until it changes."""
    AdjustmentPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    said = Acknowledgement.objects.filter(plan=plan, person=by, at__gte=plan.changed_at).first()
    if said is None:
        said = Acknowledgement.objects.create(plan=plan, person=by, at=at)
        note(ACKNOWLEDGE, by=by, about=plan.pupil, subject=plan.pupil.full_name)
    return said

"""What families do with a card: read it, and say so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.trail.actions import note_look

from ..models import Acknowledgement, Reading, ReportCard
from ..rules import may_read_as_family

LOOK = TracedAct("report_cards.look", _("opened the report card"))


def note_reading(*, card: ReportCard, by: Person, at: datetime) -> None:
    """Note that a card was opened: by the family, the first time; by somebody of the school, as a look."""
    if may_read_as_family.allows(by, card):
        if not Reading.objects.filter(card=card, reader=by).exists():
            Reading.objects.bulk_create([Reading(card=card, reader=by, at=at)], ignore_conflicts=True)
    else:
        note_look(LOOK, by=by, about=card.pupil)


@transaction.atomic
def acknowledge(*, card: ReportCard, by: Person, at: datetime) -> Acknowledgement:
    """Say that one has taken note of a card. Saying it twice is saying it once."""
    said, _is_new = Acknowledgement.objects.get_or_create(card=card, person=by, defaults={"at": at})
    Reading.objects.get_or_create(card=card, reader=by, defaults={"at": at})
    return said

"""What families do with a card: read it, and say so."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from preau.kit.traces import TracedAct
from preau.people.actions import note_first_reading, take_note_of
from preau.people.models import Person
from preau.people.readings import FirstReading
from preau.trail.actions import note_look

from ..models import ReportCard
from ..rules import may_read_as_family

LOOK = TracedAct("report_cards.look", _("opened the report card"))


def note_reading(*, card: ReportCard, by: Person, at: datetime) -> None:
    """Note that a card was opened: by the family, the first time; by somebody of the school, as a look."""
    if may_read_as_family.allows(by, card):
        note_first_reading(record=card, by=by, at=at)
    else:
        note_look(LOOK, by=by, about=card.pupil)


def note_look_at_preview(*, pupil: Person, by: Person, at: datetime) -> None:
    """Note that somebody of the school opened the card of a pupil before it is published."""
    note_look(LOOK, by=by, about=pupil)


def acknowledge(*, card: ReportCard, by: Person, at: datetime) -> FirstReading:
    """Say that one has taken note of a card. Saying it twice is saying it once."""
    return take_note_of(record=card, by=by, at=at)

"""Keeping the school's list of measures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.trail.actions import note

from ..models import Measure

ADD_MEASURE = TracedAct("follow_up.add_measure", _("added the measure %(subject)s"))


@transaction.atomic
def add_measure(*, by: Person, at: datetime, **facts: Any) -> Measure:
    """Add a measure to the list."""
    measure = Measure.objects.create(**facts)
    note(ADD_MEASURE, by=by, subject=measure.label)
    return measure


CHANGE_MEASURE = TracedAct("follow_up.change_measure", _("changed the measure %(subject)s"))


@transaction.atomic
def change_measure(*, measure: Measure, by: Person, at: datetime, **facts: Any) -> Measure:
    """Change the words, the order or the use of a measure: plans that have it follow."""
    for name, value in facts.items():
        setattr(measure, name, value)
    measure.save()
    note(CHANGE_MEASURE, by=by, subject=measure.label)
    return measure

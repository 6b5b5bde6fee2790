"""Keeping the school's list of measures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from preau.people.models import Person
from preau.trail.actions import note

from ..models import Measure


@transaction.atomic
def add_measure(*, by: Person, at: datetime, **facts: Any) -> Measure:
    """Add a measure to the list."""
    measure = Measure.objects.create(**facts)
    note("follow_up.add_measure", by=by, subject=measure.label)
    return measure


@transaction.atomic
def change_measure(*, measure: Measure, by: Person, at: datetime, **facts: Any) -> Measure:
    """Change the words, the order or the use of a measure: plans that have it follow."""
    for name, value in facts.items():
        setattr(measure, name, value)
    measure.save()
    note("follow_up.change_measure", by=by, subject=measure.label)
    return measure

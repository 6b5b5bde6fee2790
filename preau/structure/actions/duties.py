"""Giving a duty for the whole school, for some year levels or for some classes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from preau.people.actions import give_duty as give_duty_to
from preau.people.models import Duty, Person
from preau.structure.models import ClassGroup, DutyScope, YearLevel


@transaction.atomic
def give_duty(
    *,
    person: Person,
    kind: str,
    starts_on: date,
    by: Person | None,
    at: datetime,
    ends_on: date | None = None,
    year_levels: Iterable[YearLevel] = (),
    class_groups: Iterable[ClassGroup] = (),
) -> Duty:
    """Give a person a duty; without levels or classes it is held for the whole school."""
    duty = give_duty_to(person=person, kind=kind, starts_on=starts_on, ends_on=ends_on, by=by, at=at)
    for level in year_levels:
        DutyScope.objects.create(duty=duty, year_level=level)
    for class_group in class_groups:
        DutyScope.objects.create(duty=duty, class_group=class_group)
    return duty

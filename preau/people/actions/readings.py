"""Reading, and saying that one has read: of anything with `readings` (`people.readings`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from preau.kit.unwritable import in_passing
from preau.people.models import Person
from preau.people.readings import FirstReading


def note_first_reading(*, record: Any, by: Person, at: datetime) -> None:
    """Note that somebody opened a record, the first time. Two who look at once are one."""
    if not record.readings.filter(reader=by).exists():
        reading = record.readings.model(reader=by, at=at, **{record.readings.field.name: record})
        with in_passing():
            record.readings.bulk_create([reading], ignore_conflicts=True)


@transaction.atomic
def take_note_of(*, record: Any, by: Person, at: datetime) -> FirstReading:
    """Say that one has taken note of a record. Saying it twice is saying it once, at the first moment."""
    reading: FirstReading
    reading, _is_new = record.readings.get_or_create(reader=by, defaults={"at": at})
    if reading.acknowledged_at is None:
        reading.acknowledged_at = at
        reading.save(update_fields=["acknowledged_at"])
    return reading

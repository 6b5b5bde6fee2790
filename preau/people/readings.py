"""
Who has opened something, when first, and who said to have taken note of it.

A record that people read gets a model of its own for it, with a field that leads to the record:

    class Reading(FirstReading):
        card = models.ForeignKey(ReportCard, models.CASCADE, related_name="readings")

        class Meta:
            constraints = [models.UniqueConstraint(name="a_card_is_new_once", fields=["card", "reader"])]

and a queryset that knows its readers (`ReadRecords`). `people.actions` write it (`note_first_reading`,
`take_note_of`).
"""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from .models import Person


class FirstReading(models.Model):
    """Somebody opened something for the first time and, by an act of its own, took note of it."""

    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["reader"])]

    def __str__(self) -> str:
        return f"{self.reader}, {self.at:%Y-%m-%d %H:%M}"


class ReadRecords(models.QuerySet):
    """Records with the `readings` of people."""

    def unread_by(self, reader: Person) -> Self:
        return self.exclude(readings__reader=reader.pk)

    def as_read_by(self, reader: Person) -> Self:
        """Say of each whether the reader has opened it and taken note (`is_read`, `is_acknowledged`)."""
        readings = self._readings().filter(reader=reader.pk)
        acknowledged = readings.exclude(acknowledged_at=None)
        return self.annotate(is_read=Exists(readings), is_acknowledged=Exists(acknowledged))

    def with_readers(self) -> Self:
        """Count of each who has opened it and who has taken note of it (`readers`, `acknowledged`)."""
        took_note = Count("readings", filter=Q(readings__acknowledged_at__isnull=False))
        return self.annotate(readers=Count("readings"), acknowledged=took_note)

    def _readings(self) -> models.QuerySet[Any]:
        relation: Any = self.model._meta.get_field("readings")
        manager: models.Manager[Any] = relation.related_model._default_manager
        return manager.filter(**{relation.field.name: OuterRef("pk")})

"""Notices, and the receipts that say whom each reaches."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person


class Notice(models.Model):
    """Something is new about one record. The same kind is told of the same record once."""

    kind = models.CharField(_("kind"), max_length=60)
    about = models.BigIntegerField(help_text=_("The key of the record, as the kind understands it."))
    pupil = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(_("when"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "about"], name="a_thing_is_told_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class ReceiptQuerySet(models.QuerySet):
    def due(self, at: datetime) -> ReceiptQuerySet:
        """Keep those whose moment has come."""
        return self.filter(due_at__lte=at)


class Receipt(models.Model):
    """A notice reaches a person, from a moment on."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="receipts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-due_at", "-id"], name="notices_of_a_person")]
        constraints = [
            models.UniqueConstraint(fields=["notice", "person"], name="a_notice_reaches_a_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.notice}, {self.person}"

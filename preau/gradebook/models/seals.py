"""Seals: what a gradebook held when it was closed, so that a change behind its back is found."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod

from .. import ledger


class Seal(models.Model):
    """One link of the chain of a period. Never changed; a gradebook closed again gets another."""

    class Act(models.TextChoices):
        """What is sealed."""

        CLOSED = ledger.CLOSED, _("closed")
        REOPENED = ledger.REOPENED, _("reopened")
        DECIDED = ledger.DECIDED, _("decided by the council")
        REMOVED = ledger.REMOVED, _("a test was removed")
        ERASED = ledger.ERASED, _("erased: kept long enough")

    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="+")
    group = models.ForeignKey(CourseGroup, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    """Its place in the chain of the period, from 1."""
    previous = models.CharField(max_length=64, blank=True)
    format = models.PositiveSmallIntegerField(default=ledger.FORMAT)
    """Which facts it signs. The first format held grades alone."""
    act = models.CharField(max_length=8, choices=Act, default=Act.CLOSED)
    covers = models.JSONField()
    """The versions of grades, each with its mark."""
    holds = models.JSONField(default=dict)
    """All else that results are made of, and results: the mark of each by its name."""
    because = models.CharField(max_length=200, blank=True)
    sealed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField()
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)

    class Meta:
        ordering = ["period", "number"]
        constraints = [
            models.UniqueConstraint(name="a_seal_has_a_place_of_its_own", fields=["period", "number"])
        ]
        indexes = [models.Index(fields=["group", "period"])]

    def __str__(self) -> str:
        return f"{self.period} {self.number}"

    @property
    def claim(self) -> dict[str, Any]:
        """Return all that is signed, in the format of its day."""
        of_first_format = {
            "period": self.period_id,
            "group": self.group_id,
            "number": self.number,
            "previous": self.previous,
            "covers": self.covers,
            "by": self.sealed_by_id,
            "at": self.sealed_at.astimezone(UTC).isoformat(),
        }
        if self.format == 1:
            return of_first_format
        return of_first_format | {
            "format": self.format,
            "act": self.act,
            "holds": self.holds,
            "because": self.because,
        }

    @property
    def fingerprint(self) -> str:
        return ledger.fingerprint(self.hash)


class SealRegister(models.Model):
    """Where the chain of each period ends, signed: there is one register, written anew with each seal."""

    ends = models.JSONField(default=dict)
    """By the key of a period: number and hash of its last seal."""
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_register_of_seals", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.hash

    @property
    def claim(self) -> dict[str, Any]:
        return {"register": ledger.FORMAT, "ends": self.ends}

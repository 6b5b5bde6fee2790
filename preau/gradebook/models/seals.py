"""Seals: what a gradebook held when it was closed, so that a change behind its back is found."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db import models

from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod

from .. import ledger


class Seal(models.Model):
    """One link of the chain of a period. Never changed; a gradebook closed again gets another."""

    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="+")
    group = models.ForeignKey(CourseGroup, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    """Its place in the chain of the period, from 1."""
    previous = models.CharField(max_length=64, blank=True)
    covers = models.JSONField()
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
        """Return all that is signed."""
        return {
            "period": self.period_id,
            "group": self.group_id,
            "number": self.number,
            "previous": self.previous,
            "covers": self.covers,
            "by": self.sealed_by_id,
            "at": self.sealed_at.astimezone(UTC).isoformat(),
        }

    @property
    def fingerprint(self) -> str:
        return ledger.fingerprint(self.hash)

"""Two records that look alike: of one person, and made one; or of two, and told apart."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q

from preau.kit import clock

from .persons import Person

UNDONE_WITHIN = timedelta(days=30)
"""How long two records that were merged can be made two again."""


class Merge(models.Model):
    """Two records of one person that became one, with what it takes to make two of them again for a while."""

    kept = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=220)
    """How the record that is gone called the person."""
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    details = models.JSONField(default=dict)
    """What moved, what was set aside, what was filled in; nothing once it can no longer be undone."""

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} → {self.kept}"

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and bool(self.details) and clock.now() < self.at + UNDONE_WITHIN


class ToldApart(models.Model):
    """Two records that look alike and are of two persons: somebody who knows them said so."""

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="two_are_told_apart_once", fields=["one", "other"]),
            models.CheckConstraint(
                name="nobody_is_told_apart_from_oneself", condition=~Q(one=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one}, {self.other}"

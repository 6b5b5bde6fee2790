"""For how long the school keeps what, and of whom nothing may be erased for now."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person
from preau.people.ties import DatedTie, NeverTwiceAtOnce, ends_after_it_starts


class Decision(models.Model):
    """For how many days a kind of things is kept from now on. Rows are added; the last one holds."""

    kind = models.CharField(max_length=60)
    days = models.PositiveIntegerField(_("for how many days"))
    because = models.CharField(_("why"), max_length=200)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(fields=["kind", "-decided_at"])]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days}"


class LegalHold(DatedTie):
    """Nothing about a person is erased, from a day until another: an appeal is open, a judge may ask."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="legal_holds")
    because = models.CharField(_("why"), max_length=200)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            ends_after_it_starts("a_hold_ends_after_it_starts"),
            NeverTwiceAtOnce(name="a_person_is_held_once_at_a_time", fields=["person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.starts_on}"

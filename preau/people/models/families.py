"""Who answers for whom, and what a pupil of age says of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..ties import DatedTie, ends_after_it_starts
from .persons import Person


class Relationship(DatedTie):
    """
    What ties an adult to a pupil, and the rights that go with it, one by one.

    A court decision may restrict one parent: only the resulting rights are kept, with who checked the
    document and when, never the judgment itself.
    """

    class Kind(models.TextChoices):
        MOTHER = "MOTHER", _("mother")
        FATHER = "FATHER", _("father")
        GUARDIAN = "GUARDIAN", _("guardian")
        FOSTER = "FOSTER", _("foster parent")
        INSTITUTION = "INSTITUTION", _("institution")
        PARTNER = "PARTNER", _("partner of a parent")
        OTHER = "OTHER", _("other relative")

    RIGHTS = (
        "sees_marks",
        "sees_attendance",
        "sees_conduct",
        "receives_messages",
        "may_justify_absence",
        "may_book_meeting",
        "may_sign",
        "may_collect_pupil",
        "is_emergency_contact",
    )

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="wards")
    kind = models.CharField(_("tie"), max_length=20, choices=Kind, default=Kind.OTHER)
    is_legal_responsible = models.BooleanField(_("legally responsible"), default=True)
    sees_marks = models.BooleanField(_("sees marks and report cards"), default=True)
    sees_attendance = models.BooleanField(_("sees attendance"), default=True)
    sees_conduct = models.BooleanField(_("sees conduct"), default=True)
    receives_messages = models.BooleanField(_("receives messages"), default=True)
    may_justify_absence = models.BooleanField(_("may justify an absence"), default=True)
    may_book_meeting = models.BooleanField(_("may book a meeting"), default=True)
    may_sign = models.BooleanField(_("may sign"), default=True)
    may_collect_pupil = models.BooleanField(_("may collect the pupil"), default=True)
    is_emergency_contact = models.BooleanField(_("is called in an emergency"), default=True)
    restricted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    restricted_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(_("from"), default=date(2000, 1, 1))

    class Meta:
        constraints = [
            ends_after_it_starts("a_relationship_ends_after_it_starts"),
            models.UniqueConstraint(
                name="one_relationship_per_adult_and_pupil", fields=["pupil", "guardian"]
            ),
            models.CheckConstraint(
                name="nobody_answers_for_oneself", condition=~Q(pupil=models.F("guardian"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian}, {self.get_kind_display()} of {self.pupil}"

    @property
    def sights(self) -> list[Any]:
        """Return what the adult reads about the pupil, in words."""
        fields = (self._meta.get_field(right) for right in self.RIGHTS if right.startswith("sees_"))
        return [field.verbose_name for field in fields if getattr(self, field.name)]  # type: ignore[union-attr]


class ParentAccess(models.Model):
    """A pupil of 18 objects to (or, where the school asks consent, agrees with) the parents' reading."""

    pupil = models.OneToOneField(Person, models.CASCADE, related_name="parent_access")
    is_granted = models.BooleanField()
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pupil}: {'granted' if self.is_granted else 'refused'}"

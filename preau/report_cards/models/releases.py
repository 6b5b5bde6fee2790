"""When cards may be read, by whom they were, and which ones wait."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import ReportPeriod


class Release(models.Model):
    """The publication of the cards of a period: from a moment for pupils, from another for parents."""

    period = models.OneToOneField(ReportPeriod, models.PROTECT, related_name="release")
    published_at = models.DateTimeField(_("pupils read from"), db_index=True)
    parents_at = models.DateTimeField(_("parents read from"), db_index=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("decided on"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="parents_read_cards_after_pupils", condition=Q(parents_at__gte=F("published_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.period}, {self.published_at:%Y-%m-%d %H:%M}"

    @property
    def has_come(self) -> bool:
        return self.published_at <= clock.now()


class Hold(models.Model):
    """The card of one pupil waits, for a reason, until somebody lets it go: a meeting, a missing paper."""

    pupil = models.ForeignKey(Person, models.PROTECT, related_name="held_cards")
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="holds")
    reason = models.CharField(_("why it waits"), max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_card_is_held_once", fields=["pupil", "period"], condition=Q(lifted_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.pupil}, {self.period}"


class Reading(models.Model):
    """Somebody of the family opened a version of a card for the first time."""

    card = models.ForeignKey("ReportCard", models.CASCADE, related_name="readings")
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_card_is_new_once", fields=["card", "reader"])]
        indexes = [models.Index(fields=["reader"])]

    def __str__(self) -> str:
        return f"{self.reader}, {self.at:%Y-%m-%d %H:%M}"


class Acknowledgement(models.Model):
    """Somebody of the family said to have taken note of a version of a card: an act of its own."""

    card = models.ForeignKey("ReportCard", models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_acknowledges_once", fields=["card", "person"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.at:%Y-%m-%d %H:%M}"

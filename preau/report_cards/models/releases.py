"""When cards may be read, by whom they were, and which ones wait."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person
from preau.people.readings import FirstReading
from preau.people.releases import Opening, parents_after_pupils
from preau.structure.models import ReportPeriod


class Release(Opening):
    """The publication of the cards of a period."""

    period = models.OneToOneField(ReportPeriod, models.PROTECT, related_name="release")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("decided on"))

    class Meta:
        constraints = [parents_after_pupils("parents_read_cards_after_pupils")]

    def __str__(self) -> str:
        return f"{self.period}, {self.published_at:%Y-%m-%d %H:%M}"


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


class Reading(FirstReading):
    """Somebody of the family opened a version of a card."""

    card = models.ForeignKey("ReportCard", models.CASCADE, related_name="readings")

    class Meta(FirstReading.Meta):
        constraints = [models.UniqueConstraint(name="a_card_is_new_once", fields=["card", "reader"])]

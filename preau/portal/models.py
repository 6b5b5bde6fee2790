"""How far each module is open to whom, who tries it first, and how many use it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.kit.modules import Stage
from preau.people.models import Person
from preau.people.ties import DatedTie, ends_after_it_starts


class Audience(models.TextChoices):
    """Those to whom a module is opened together."""

    EVERYONE = "EVERYONE", _("everyone")
    STAFF = "STAFF", _("staff")
    PUPILS = "PUPILS", _("pupils")
    GUARDIANS = "GUARDIANS", _("parents and guardians")


class RollOut(DatedTie):
    """
    How far a module is open to an audience, from a day to a day.

    Where several hold on one day, the latest begun counts; an audience's own word counts before everyone's.
    A module of which nothing is said is open.
    """

    module = models.CharField(_("module"), max_length=40)
    audience = models.CharField(_("for"), max_length=10, choices=Audience)
    stage = models.CharField(
        _("stage"), max_length=10, choices=[(stage.value, stage.label) for stage in Stage]
    )

    class Meta:
        ordering = ["module", "audience", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                name="one_stage_begins_on_a_day", fields=["module", "audience", "starts_on"]
            ),
            ends_after_it_starts("a_stage_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.module}, {self.get_audience_display()}: {self.get_stage_display()}"


class Pilot(models.Model):
    """A person who tries a module before the others."""

    module = models.CharField(_("module"), max_length=40)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_person_pilots_a_module_once", fields=["module", "person"])
        ]

    def __str__(self) -> str:
        return f"{self.module}: {self.person}"


class Use(models.Model):
    """A person opened a module on a day. Kept for the figures of adoption, never shown by name."""

    module = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_use_a_day", fields=["module", "person", "on"])]
        indexes = [models.Index(fields=["on", "module"])]

    def __str__(self) -> str:
        return f"{self.on}: {self.module}"

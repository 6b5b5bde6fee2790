"""Who did what and when, and who looked at whose file. Rows are added, never changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person


class TraceQuerySet(models.QuerySet):
    def about(self, person: Person) -> TraceQuerySet:
        return self.filter(about=person)

    def looks(self) -> TraceQuerySet:
        return self.filter(is_look=True)

    def acts(self) -> TraceQuerySet:
        return self.filter(is_look=False)


class Trace(models.Model):
    """
    One line of the trail.

    `act` is a stable code such as `gradebook.publish_grades`; `details` hold only what the sentence needs,
    never a secret, never a mark.
    """

    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("who"))
    about = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", verbose_name=_("about"))
    act = models.CharField(_("what"), max_length=80)
    subject = models.CharField(_("on what"), max_length=200, blank=True)
    details = models.JSONField(default=dict, blank=True)
    place = models.CharField(max_length=60, blank=True)
    """What was looked at or taken away as a whole, a class or a group (`actions.place_of`)."""
    is_look = models.BooleanField(default=False)
    at = models.DateTimeField(_("when"))

    objects = TraceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about", "-at"]),
            models.Index(fields=["by", "-at"]),
            models.Index(fields=["-at"]),
            models.Index(fields=["act", "-at"]),
            models.Index(fields=["place", "-at"], condition=~models.Q(place=""), name="traces_of_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by}: {self.act} {self.subject}"

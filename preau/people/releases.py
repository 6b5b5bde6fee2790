"""
What families read from a moment on: pupils first, and after the school's delay their parents.

A record of an app says from when something is open; a rule of that app says for whom it then is:

    class Release(Opening):
        period = models.OneToOneField(ReportPeriod, models.PROTECT, related_name="release")

        class Meta:
            constraints = [parents_after_pupils("parents_read_cards_after_pupils")]

    once_released = once_open(_("once it is published"), "period__release__published_at")
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.access import Rule, Words, rule

from .models import Person


class Opening(models.Model):
    """The moments from which pupils, then their parents, read something."""

    published_at = models.DateTimeField(_("pupils read from"), db_index=True)
    parents_at = models.DateTimeField(_("parents read from"), db_index=True)

    class Meta:
        abstract = True

    @property
    def has_come(self) -> bool:
        return self.published_at <= clock.now()


def moments_from(moment: datetime) -> dict[str, datetime]:
    """Return the moments of an opening, by field: pupils at this one, parents after the school's delay."""
    return {"published_at": moment, "parents_at": moment + settings.PARENTS_READ_AFTER}


def parents_after_pupils(name: str) -> models.CheckConstraint:
    """Return the constraint of an opening, under its name in the database."""
    return models.CheckConstraint(name=name, condition=Q(parents_at__gte=F("published_at")))


def once_open(words: Words, moment: str, *, unless: Callable[[], Q] = Q) -> Rule:
    """
    Make the rule that a moment has come. It asks the clock each time it is asked.

    :param moment: the way to the field of an opening, `period__release__parents_at`
    :param unless: what keeps it closed all the same
    """

    def condition(_reader: Person) -> Q:
        come = Q(**{f"{moment}__lte": clock.now()})
        closed = unless()
        return come & ~closed if closed else come

    return rule(words, condition)

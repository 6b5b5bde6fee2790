"""Long work and how far it has come."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.files.models import StoredFile
from preau.kit import clock
from preau.people.models import Person

SILENT_AT_MOST = timedelta(minutes=2)
WAITS_AT_MOST = timedelta(hours=1)


class State(Enum):
    WAITING = "waiting"
    UNDER_WAY = "under way"
    FINISHED = "finished"
    REFUSED = "refused"
    LOST = "lost"


class Work(models.Model):
    """One piece of long work: asked, begun, finished or refused. Silent for too long, its worker has died."""

    what = models.CharField(max_length=60, help_text=_("The key that an app declares."))
    title = models.CharField(max_length=200)
    details = models.JSONField(default=dict, help_text=_("Keys and words that its maker understands."))
    leads_to = models.CharField(max_length=200, help_text=_("The address where it was asked and goes on."))
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    asked_at = models.DateTimeField(_("when"))
    begun_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(default=clock.now, help_text=_("When it last said how far it was."))
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0, help_text=_("0: not known yet."))
    refusal = models.CharField(max_length=400, blank=True, help_text=_("Why it ended without a result."))
    result = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["asked_by", "what"])]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> State:
        if self.finished_at:
            return State.FINISHED
        if self.refusal:
            return State.REFUSED
        patience = SILENT_AT_MOST if self.begun_at else WAITS_AT_MOST
        if self.told_at < clock.now() - patience:
            return State.LOST
        return State.UNDER_WAY if self.begun_at else State.WAITING

    @property
    def is_finished(self) -> bool:
        return self.state == State.FINISHED

    @property
    def is_under_way(self) -> bool:
        """Say whether somebody works on it, or soon will."""
        return self.state in {State.WAITING, State.UNDER_WAY}

    @property
    def is_interrupted(self) -> bool:
        """Say whether it ended without a result: it was refused, or its worker died."""
        return self.state in {State.REFUSED, State.LOST}

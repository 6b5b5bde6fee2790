"""Outgoing e-mails and how far each is, and the addresses that bounce."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person


class Urgency(models.IntegerChoices):
    """Which of those that wait leaves first."""

    NOW = 0, _("at once")
    ORDINARY = 5, _("ordinary")
    BULK = 9, _("after the others")


class State(Enum):
    WAITING = "waiting"
    UNDER_WAY = "under way"
    SENT = "sent"
    GIVEN_UP = "given up"
    IN_DOUBT = "in doubt"


NOT_OVER = Q(sent_at=None, given_up_at=None, in_doubt_at=None)


class OutgoingMailQuerySet(models.QuerySet):
    def not_over(self) -> OutgoingMailQuerySet:
        """Keep those that have yet to leave."""
        return self.filter(NOT_OVER)

    def free(self) -> OutgoingMailQuerySet:
        """Keep those that wait, and that no worker has claimed."""
        return self.not_over().filter(claimed_by="")

    def due(self, at: datetime) -> OutgoingMailQuerySet:
        """Keep those a worker may claim: their moment has come, and their address does not bounce."""
        bouncing = BouncingAddress.objects.filter(address=models.OuterRef("address_key"))
        in_time = Q(not_after=None) | Q(not_after__gte=at)
        return self.free().filter(in_time, ~models.Exists(bouncing), due_at__lte=at)

    def in_order(self) -> OutgoingMailQuerySet:
        return self.order_by("urgency", "due_at", "pk")


class OutgoingMail(models.Model):
    """
    One e-mail to one address.

    Its Message-ID is made once. `claimed_by` names the worker that has it in hand; `handing_over_at` is
    written just before the last dot, so that after a crash it is known which ones may have left.
    """

    kind = models.CharField(_("kind"), max_length=60)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    address = models.CharField(_("address"), max_length=320)
    address_key = models.CharField(max_length=320, db_index=True, editable=False)
    """The address as it is compared: lower case, its domain as machines write it."""
    language = models.CharField(_("language"), max_length=5, blank=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    key = models.CharField(max_length=200, blank=True)
    """What it is about, as its app says: the same key is never queued twice."""
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.ORDINARY)
    is_secret = models.BooleanField(default=False)
    queued_at = models.DateTimeField(_("when"))
    due_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(_("what the mail server said"), max_length=400, blank=True)
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    handing_over_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    in_doubt_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["urgency", "due_at"], condition=NOT_OVER & Q(claimed_by=""), name="mails_that_wait"
            ),
            models.Index(fields=["claimed_by"], condition=~Q(claimed_by=""), name="mails_in_hand"),
            models.Index(fields=["sent_at"], name="mails_sent"),
            models.Index(fields=["-queued_at"], name="mails_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="a_mail_with_a_key_is_queued_once"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="a_mail_is_sent_or_given_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.address}"

    @property
    def state(self) -> State:
        if self.sent_at:
            return State.SENT
        if self.given_up_at:
            return State.GIVEN_UP
        if self.in_doubt_at:
            return State.IN_DOUBT
        return State.UNDER_WAY if self.claimed_by else State.WAITING


class BouncingAddress(models.Model):
    """An address to which nothing can be delivered: e-mails to it wait."""

    class Source(models.TextChoices):
        SERVER = "SERVER", _("the mail server")
        REPORT = "REPORT", _("a report that came back")

    address = models.CharField(_("address"), max_length=320, unique=True)
    since = models.DateTimeField(_("since"))
    why = models.CharField(_("why"), max_length=400, blank=True)
    source = models.CharField(_("told by"), max_length=10, choices=Source)

    def __str__(self) -> str:
        return self.address

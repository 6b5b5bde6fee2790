"""Publishing the cards of a period, taking them back, and letting one wait."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.events import announce
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.people.releases import moments_from
from preau.structure.models import ReportPeriod
from preau.trail.actions import note

from .. import notices
from ..events import ReportCardsPublished
from ..models import Hold, Reading, Release
from ..queries.periods import changes_since, last_build


class NothingBuilt(Refusal):
    words = _("The report cards of %(period)s have not been made yet. Make them first, then publish.")


class ChangedSince(Refusal):
    words = _("Since the report cards were made, %(what)s. Make them again, so that they say what is true.")


class AlreadyPublished(Refusal):
    words = _(
        "The report cards of %(period)s are published already. What is wrong in one is corrected there."
    )


class AlreadyRead(Refusal):
    words = _(
        "Families have read report cards already (%(count)s): they cannot be taken back. Correct the card "
        "that is wrong."
    )


class AlreadyHeld(Refusal):
    words = _("This report card is held already: %(reason)s")
    field = "reason"


PUBLISH = TracedAct("report_cards.publish", _("published the report cards of %(subject)s"))


@transaction.atomic
def publish_report_cards(
    *, period: ReportPeriod, by: Person | None, at: datetime, on: datetime | None = None
) -> Release:
    """
    Let pupils read their cards from a moment on (now unless told), and parents after the school's delay.

    While the moment has not come it can be moved by publishing again.

    :raises NothingBuilt: when no build has finished
    :raises ChangedSince: when a gradebook, a decision or a word has changed since the last build
    :raises AlreadyPublished: once the moment has come
    """
    ReportPeriod.objects.select_for_update().get(pk=period.pk)
    release = Release.objects.filter(period=period).first()
    if release and release.published_at <= at:
        raise AlreadyPublished(period=period)
    build = last_build(period)
    if build is None or not period.report_cards.exists():
        raise NothingBuilt(period=period)
    if changes := changes_since(build):
        raise ChangedSince(what=changes.said)
    moment = max(on or at, at)
    decided = {"by": by, "at": at, **moments_from(moment)}
    release, _is_new = Release.objects.update_or_create(period=period, defaults=decided)
    note(PUBLISH, by=by, subject=str(period), moment=moment.isoformat(timespec="minutes"))
    notices.tell_families(release, at=at)
    announce(ReportCardsPublished(period_id=period.pk))
    return release


WITHDRAW = TracedAct("report_cards.withdraw", _("hid the report cards of %(subject)s again"))


@transaction.atomic
def withdraw_report_cards(*, period: ReportPeriod, by: Person, at: datetime) -> None:
    """
    Take a publication back before anyone has read a card.

    :raises AlreadyRead: when somebody of a family has opened one
    """
    ReportPeriod.objects.select_for_update().get(pk=period.pk)
    readers = Reading.objects.filter(card__period=period).values("card__pupil").distinct().count()
    if readers:
        raise AlreadyRead(count=readers)
    deleted, _each = Release.objects.filter(period=period).delete()
    if deleted:
        notices.take_back(period, at=at)
        note(WITHDRAW, by=by, subject=str(period))


HOLD = TracedAct("report_cards.hold", _("held the report card of %(subject)s"), reserved=True)


@transaction.atomic
def hold(*, pupil: Person, period: ReportPeriod, reason: str, by: Person, at: datetime) -> Hold:
    """
    Let the card of one pupil wait: neither the pupil nor the family nor teachers find it until it is let go.

    :raises AlreadyHeld: when it waits already
    """
    ReportPeriod.objects.select_for_update().get(pk=period.pk)
    held = Hold.objects.filter(pupil=pupil, period=period, lifted_at=None).first()
    if held:
        raise AlreadyHeld(reason=held.reason)
    note(HOLD, by=by, about=pupil, subject=str(period))
    return Hold.objects.create(pupil=pupil, period=period, reason=reason, by=by, at=at)


LIFT_HOLD = TracedAct("report_cards.lift_hold", _("let the report card of %(subject)s go"), reserved=True)


@transaction.atomic
def lift_hold(*, hold: Hold, by: Person, at: datetime) -> Hold:
    """Let a card go that waited. Doing it twice is doing it once."""
    held = Hold.objects.select_for_update().get(pk=hold.pk)
    if held.lifted_at is None:
        held.lifted_by, held.lifted_at = by, at
        held.save(update_fields=["lifted_by", "lifted_at"])
        note(LIFT_HOLD, by=by, about=held.pupil, subject=str(held.period))
    return held

"""Deciding how long things are kept, holding what is about a person, erasing what was kept long enough."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.retention import Kept, kept
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.people.ties import end_tie, keep_tie
from preau.trail.actions import note

from .models import Decision, LegalHold
from .queries import due_of, held_persons, period_of

log = logging.getLogger(__name__)


class TooShort(Refusal):
    field = "days"
    words = _("These are kept for %(least)s days at least.")


class HeldAlready(Refusal):
    words = _("What is about %(name)s is held already.")


DECIDE_PERIOD = TracedAct(
    "retention.decide_period", _("decided that “%(subject)s” are kept for %(days)s days: %(because)s")
)


@transaction.atomic
def decide_period(*, kind: Kept, days: int, because: str, by: Person, at: datetime) -> Decision:
    """
    Decide for how many days a kind of things is kept; 0 is for ever. A shorter period waits for a week.

    :raises TooShort: when it is less than the least that kind is kept
    """
    if 0 < days < kind.least:
        raise TooShort(least=kind.least)
    note(DECIDE_PERIOD, by=by, subject=str(kind.words), days=days, because=because)
    return Decision.objects.create(kind=kind.key, days=days, because=because, decided_by=by, decided_at=at)


HOLD = TracedAct("retention.hold", _("held all that is about this person: %(because)s"), reserved=True)


@transaction.atomic
def hold(*, person: Person, because: str, by: Person, at: datetime) -> LegalHold:
    """
    Have nothing about a person erased, from today until somebody says that it may be again.

    :raises HeldAlready: when it is held
    """
    held = keep_tie(
        LegalHold(person=person, because=because, set_by=by, starts_on=at.date()),
        lambda _other, _day: HeldAlready(name=person.full_name),
    )
    note(HOLD, by=by, about=person, because=because)
    return held


LIFT = TracedAct("retention.lift", _("no longer holds what is about this person"), reserved=True)


@transaction.atomic
def lift(*, held: LegalHold, by: Person, at: datetime) -> None:
    """Let what is about a person go again when its time comes, from tomorrow on."""
    held = LegalHold.objects.select_for_update().get(pk=held.pk)
    if held.ends_on is None:
        held.lifted_by = by
        held.save(update_fields=["lifted_by"])
        end_tie(held, at.date() + timedelta(days=1))
        note(LIFT, by=by, about=held.person)


ERASE = TracedAct("retention.erase", _("%(count)s records went, kept long enough: “%(subject)s”"))


def erase_what_is_due(*, at: datetime) -> dict[str, int]:
    """
    Erase what was kept long enough; return how many records of each kind went.

    Kind by kind, each whole or piece by piece as its app does it: a run that is killed goes on the next day,
    and one that is done twice does nothing the second time. A kind that fails is told on and stops no other.
    """
    gone, failed = {}, None
    for each in kept():
        try:
            gone[each.key] = _erase(each, at)
        except Exception as failure:
            log.exception("%s: what was kept long enough could not be erased.", each.key)
            failed = failure
    if failed:
        raise failed
    return {key: count for key, count in gone.items() if count}


@transaction.atomic
def delete_all(records: QuerySet, at: datetime) -> int:
    """Delete records as they are, all or none; return how many they were."""
    count = records.count()
    records.delete()
    return count


def _erase(each: Kept, at: datetime) -> int:
    # Asked anew for each kind: a hold may have been set while the one before was erased.
    records = due_of(each, period_of(each), held_persons(), at)
    count = (each.erases or delete_all)(records, at)
    if count:
        note(ERASE, by=None, subject=str(each.words), count=count)
    return count

"""Telling, taking back what was told, and noting that it was opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from preau.kit.portions import portions
from preau.people.models import Person

from . import queries
from .kinds import Kind
from .models import Notice, Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing to tell: about which record, and to whom from when."""

    about: int
    recipients: Mapping[int, datetime]
    """The keys of persons, and the moment from which each is told."""
    pupil_id: int | None = None


@transaction.atomic
def tell(*, kind: Kind, things: Sequence[Told], at: datetime) -> None:
    """
    Tell people of some things, in the transaction of the fact. Telling again reaches nobody twice.

    Nobody is asked here for a right: who may read the page of a thing decides each time notices are read.
    Two who tell the same at the same moment take turns; what somebody takes back meanwhile is told to nobody.
    """
    in_order = sorted(things, key=lambda each: each.about)
    Notice.objects.bulk_create(
        [Notice(kind=kind.key, about=each.about, pupil_id=each.pupil_id, told_at=at) for each in in_order],
        ignore_conflicts=True,
        batch_size=500,
    )
    for some in portions(in_order):
        told = Notice.objects.filter(kind=kind.key, about__in=[each.about for each in some])
        keys = dict(told.select_for_update().order_by("about").values_list("about", "pk"))
        Receipt.objects.bulk_create(
            [
                Receipt(notice_id=keys[each.about], person_id=person, due_at=due_at)
                for each in some
                if each.about in keys
                for person, due_at in sorted(each.recipients.items())
            ],
            ignore_conflicts=True,
            batch_size=500,
        )


@transaction.atomic
def withdraw(*, kind: Kind, about: Iterable[int], at: datetime) -> None:
    """Take back what was told of some things: opened or not, nobody finds it any more."""
    for some in portions(list(about)):
        Notice.objects.filter(kind=kind.key, about__in=some).delete()


@transaction.atomic
def follow(*, kind: Kind, was: int, now: int) -> None:
    """Have what was told of a record lead to the one that took its place: it is new again to everybody."""
    notice = Notice.objects.select_for_update().filter(kind=kind.key, about=was).first()
    if notice is not None:
        notice.about = now
        notice.save(update_fields=["about"])
        notice.receipts.update(read_at=None)


def mark_read(*, receipt: Receipt, by: Person, at: datetime) -> None:
    """Note that a notice was opened; the first time counts."""
    Receipt.objects.filter(pk=receipt.pk, read_at=None).update(read_at=at)


def mark_all_read(*, by: Person, at: datetime) -> int:
    """Note all that a person may read now as read, and nothing that is hidden; return how much that was."""
    return queries.readable_by(by, at=at).filter(read_at=None).update(read_at=at)

"""Saying what is to leave, taking it back, and having it leave once more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.mail.letters import Letter, row_of
from preau.mail.models import BouncingAddress, OutgoingMail
from preau.people.models import Person
from preau.trail.actions import note

AT_ONCE = 500


def send_later(letter: Letter, *, at: datetime) -> OutgoingMail:
    """
    Have a letter leave once the transaction is over; return its row, or the one that holds its key already.

    :raises ValueError: if it has a header that no app may say
    """
    row = row_of(letter, at)
    if not row.key:
        row.save(force_insert=True)
        return row
    OutgoingMail.objects.bulk_create([row], ignore_conflicts=True)
    return OutgoingMail.objects.get(key=row.key)


@transaction.atomic
def send_many(letters: Iterable[Letter], *, at: datetime) -> int:
    """Have many letters leave; return how many are new: those whose key is known already are not."""
    rows = [row_of(letter, at) for letter in letters]
    OutgoingMail.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    new = 0
    for start in range(0, len(rows), AT_ONCE):
        ids = [row.message_id for row in rows[start : start + AT_ONCE]]
        new += OutgoingMail.objects.filter(message_id__in=ids).count()
    return new


@transaction.atomic
def withdraw(*, keys: Iterable[str], at: datetime) -> int:
    """Take back the letters with these keys that no worker has in hand; return how many."""
    wanted, gone = [key for key in keys if key], 0
    for start in range(0, len(wanted), AT_ONCE):
        free = OutgoingMail.objects.free().filter(key__in=wanted[start : start + AT_ONCE])
        gone += free.delete()[0]
    return gone


class NothingLeftToSend(Refusal):
    words = _("Nothing is kept of what this e-mail said. Whoever needs it asks for another one.")


class IsNotStuck(Refusal):
    words = _("This e-mail is on its way already, or has arrived. Nothing was changed.")


class AddressBounces(Refusal):
    words = _("E-mails to %(address)s come back: have the address corrected, or tried again, first.")


SEND_AGAIN = TracedAct("mail.send_again", _("had an e-mail to %(subject)s sent again"))


@transaction.atomic
def send_again(*, mail: OutgoingMail, by: Person, at: datetime) -> None:
    """
    Have an e-mail leave that was given up, or of which nobody knows whether it left: with its Message-ID.

    :raises NothingLeftToSend: if it was secret, or its address was none
    :raises AddressBounces: if it would wait only
    :raises IsNotStuck: if it is on its way
    """
    if not mail.text or not mail.address_key:
        raise NothingLeftToSend
    if BouncingAddress.objects.filter(address=mail.address_key).exists():
        raise AddressBounces(address=mail.address)
    stuck = OutgoingMail.objects.filter(~Q(given_up_at=None) | ~Q(in_doubt_at=None), pk=mail.pk, sent_at=None)
    fresh = {"given_up_at": None, "in_doubt_at": None, "handing_over_at": None, "claimed_at": None}
    if not stuck.update(due_at=at, tries=0, claimed_by="", not_after=None, **fresh):
        raise IsNotStuck
    note(SEND_AGAIN, by=by, about=mail.person, subject=mail.address)

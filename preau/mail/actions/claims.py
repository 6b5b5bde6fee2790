"""
Who has an e-mail in hand, and what came of it.

Each write names its owner: a worker that was thought dead and wakes up changes nothing, and stops before the
last dot (`hand_over`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext

from preau.kit import clock
from preau.mail.letters import forget_words, forgotten
from preau.mail.models import OutgoingMail, OutgoingMailQuerySet

LEASE = timedelta(minutes=30)
"""After which a claim of a worker that nobody can ask ends. Longer than any mail server may take."""


def claim(*, owner: str, most: int, at: datetime) -> list[OutgoingMail]:
    """Take in hand what is due, the urgent first: no two workers ever have the same one."""
    if most <= 0 or not OutgoingMail.objects.due(at).exists():
        return []
    with transaction.atomic():
        due = OutgoingMail.objects.due(at).in_order()
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        keys = list(due.values_list("pk", flat=True)[:most])
        free = OutgoingMail.objects.free().filter(pk__in=keys)
        free.update(claimed_by=owner, claimed_at=clock.on_the_wall())
    return list(OutgoingMail.objects.filter(pk__in=keys, claimed_by=owner).in_order())


def _in_hand(mail: OutgoingMail, owner: str) -> OutgoingMailQuerySet:
    return OutgoingMail.objects.filter(pk=mail.pk, claimed_by=owner, sent_at=None, given_up_at=None)


def hand_over(*, mail: OutgoingMail, owner: str) -> bool:
    """Write that an e-mail is about to leave; say whether it is still this worker's to send."""
    mine = _in_hand(mail, owner).filter(handing_over_at=None, in_doubt_at=None)
    return bool(mine.update(handing_over_at=clock.on_the_wall()))


def mark_sent(*, mail: OutgoingMail, owner: str, at: datetime) -> None:
    """Write that the mail server has it, and forget what it said."""
    _in_hand(mail, owner).update(
        sent_at=at, claimed_by="", in_doubt_at=None, said="", tries=mail.tries + 1, **forget_words(mail)
    )


def put_off(
    *, mail: OutgoingMail, owner: str, until: datetime, said: str = "", is_a_try: bool = True
) -> None:
    """Put an e-mail back among those that wait, until a moment."""
    told = {"said": said[:400]} if said else {}
    _in_hand(mail, owner).update(
        due_at=until,
        claimed_by="",
        handing_over_at=None,
        in_doubt_at=None,
        tries=mail.tries + is_a_try,
        **told,
    )


def give_up(*, mail: OutgoingMail, owner: str, said: str, at: datetime) -> None:
    """End the tries, with the sentence that says why. What was secret is forgotten."""
    emptied = forget_words(mail) if mail.is_secret else {}
    _in_hand(mail, owner).update(
        given_up_at=at, claimed_by="", handing_over_at=None, in_doubt_at=None, said=said[:400], **emptied
    )


def recover(*, is_dead: Callable[[str], bool], at: datetime) -> set[str]:
    """
    Let go what workers had in hand that are gone, and return who is named still.

    What they had not begun to hand over waits again. Of what they had, nobody knows whether it left: it is
    in doubt, and is not sent again by itself.
    """
    open_ones = OutgoingMail.objects.not_over().exclude(claimed_by="")
    names = set(open_ones.values_list("claimed_by", flat=True).distinct())
    gone = Q(claimed_by__in=[name for name in names if is_dead(name)])
    gone |= Q(claimed_at__lt=clock.on_the_wall() - LEASE)
    if names:
        open_ones.filter(gone, handing_over_at=None).update(claimed_by="")
        in_doubt = open_ones.filter(gone).exclude(handing_over_at=None)
        said = gettext("Préau stopped while it was leaving: we do not know whether this e-mail left.")
        in_doubt.filter(is_secret=True).update(in_doubt_at=at, said=said, **forgotten(is_secret=True))
        in_doubt.update(in_doubt_at=at, said=said)
    too_late = OutgoingMail.objects.free().filter(not_after__lt=at)
    if too_late.exists():
        said = gettext("It could not leave in time, and is worth nothing any more.")
        for is_secret in (True, False):
            over = too_late.filter(is_secret=is_secret)
            over.update(given_up_at=at, said=said, **forgotten(is_secret=is_secret))
    return names

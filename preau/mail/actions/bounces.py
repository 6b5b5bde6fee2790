"""Addresses that bounce, and those that are tried again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.traces import TracedAct
from preau.mail.letters import comparable, one_line
from preau.mail.models import BouncingAddress, OutgoingMail
from preau.mail.reports import Report
from preau.people.models import Person
from preau.trail.actions import note

Source = BouncingAddress.Source


def keep_from(*, mail: OutgoingMail, why: str, source: Source, at: datetime) -> None:
    """Keep in mind that nothing can be delivered to the address of an e-mail."""
    known = {"since": at, "why": one_line(why, 400), "source": source}
    BouncingAddress.objects.get_or_create(address=mail.address_key, defaults=known)


@transaction.atomic
def note_bounce(*, report: Report, at: datetime) -> bool:
    """
    Believe a report that an e-mail came back; say whether it counts.

    It does when it names the Message-ID of an e-mail that we sent to the very address it complains of: who
    did not get the e-mail cannot know that name.
    """
    sent = OutgoingMail.objects.filter(message_id=report.message_id, bounced_at=None).exclude(
        handing_over_at=None
    )
    mail = sent.first()
    if mail is None or comparable(report.address) != mail.address_key:
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(bounced_at=at, said=one_line(report.why, 400))
    keep_from(mail=mail, why=report.why, source=Source.REPORT, at=at)
    return True


TRY_AGAIN = TracedAct("mail.try_again", _("had e-mails leave to %(subject)s again"))


@transaction.atomic
def try_address_again(*, address: BouncingAddress, by: Person, at: datetime) -> int:
    """Let e-mails leave to an address again; return how many waited for it."""
    waiting = OutgoingMail.objects.free().filter(address_key=address.address).count()
    address.delete()
    note(TRY_AGAIN, by=by, subject=address.address)
    return waiting

"""What e-mail hangs on the page of a person, in the file a person takes away, and lets go after a while."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from preau.kit.counted import called
from preau.kit.dossier import Tables, contributes
from preau.kit.retention import lets_go
from preau.kit.slots import offer
from preau.people.models import Person

from . import queries
from .holders import knows_addresses
from .models import BouncingAddress, OutgoingMail
from .rules import may_keep_mail


@offer("people.person", rank=40)
def bouncing(request: Any, person: Person) -> str | None:
    """Tell that an e-mail of a person bounces."""
    if not may_keep_mail.admits(request.person):
        return None
    addresses = queries.bouncing_among([person.email])
    if not addresses:
        return None
    return render_to_string("mail/_bouncing.html", {"addresses": addresses}, request)


@contributes("mail")
def emails(person: Person) -> Tables:
    """Give a person the list of e-mails that left to them."""
    return queries.held_about(person)


knows_addresses(queries.persons_at)


@lets_go("mail.mails", _("Which e-mails left, to whom and when"), days=90, least=14, whose=("person",))
def mails(before: datetime) -> QuerySet[OutgoingMail]:
    over = Q(sent_at__lt=before) | Q(given_up_at__lt=before) | Q(in_doubt_at__lt=before)
    paused = BouncingAddress.objects.filter(since__lt=before).values("address")
    return OutgoingMail.objects.filter(over | Q(address_key__in=paused, queued_at__lt=before, sent_at=None))


@lets_go("mail.bounces", _("Addresses that bounced"), days=730, since=_("since they bounced"))
def bounces(before: datetime) -> QuerySet[BouncingAddress]:
    return BouncingAddress.objects.filter(since__lt=before)


called(OutgoingMail, ngettext_lazy("%(count)d e-mail", "%(count)d e-mails", "count"))

"""What accounts hang on the page of a person, and let go after a while."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from preau.kit.counted import called
from preau.kit.retention import lets_go
from preau.kit.slots import offer
from preau.mail.holders import knows_addresses
from preau.people.models import Person

from . import queries
from .models import Account, Invitation
from .rules import may_keep_account


@offer("people.person.ways")
def letters_of_the_family(request: Any, person: Person) -> str | None:
    """Offer the letters of a person and their relatives, for those who have no way in yet."""
    waiting = queries.family_waiting(may_keep_account.among(Person.objects.all(), request.person), person)
    if not waiting:
        return None
    return render_to_string("accounts/_family_letters.html", {"persons": waiting}, request)


@lets_go("accounts.invitations", _("Invitations that can no longer be answered"), days=365, whose=("person",))
def invitations(before: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(expires_at__lt=before)


@lets_go("accounts.sessions", _("Sessions that are over"), days=7)
def sessions(before: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=before)


@knows_addresses
def holders_at(addresses: list[str]) -> dict[str, list[Person]]:
    """Say who signs in with an e-mail that bounces."""
    return queries.holders_at(addresses)


called(Account, ngettext_lazy("%(count)d account", "%(count)d accounts", "count"))
called(Invitation, ngettext_lazy("%(count)d invitation", "%(count)d invitations", "count"))

"""What pages ask about e-mails: what waits, what was given up, which addresses bounce and whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Lower

from preau.kit.dossier import Tables
from preau.people.models import Person

from .holders import holders_of
from .letters import comparable, kind_in_words
from .models import NOT_OVER, BouncingAddress, OutgoingMail, State

STUCK = Q(in_doubt_at__isnull=False, sent_at=None) | Q(given_up_at__isnull=False)


@dataclass(frozen=True, slots=True)
class BouncingLine:
    """An address that bounces, and whose it is."""

    bouncing: BouncingAddress
    holders: list[Person]


def mails(*, state: str = "", words: str = "") -> QuerySet[OutgoingMail]:
    """Return the e-mails in a state, the last first: those that wait for somebody unless told."""
    found = OutgoingMail.objects.select_related("person").order_by("-queued_at", "-pk")
    found = found.defer("text", "html", "headers").filter(_in_state(state))
    if words:
        named = Person.objects.named(words).values("pk")
        found = found.filter(Q(person__in=named) | Q(address__icontains=words))
    told: QuerySet[OutgoingMail] = found.annotate(
        is_paused=Exists(BouncingAddress.objects.filter(address=OuterRef("address_key"))),
        has_words=Case(When(~Q(text="") & ~Q(address_key=""), then=True), default=False),
    )
    return told


def _in_state(state: str) -> Q:
    return {
        State.WAITING.name: NOT_OVER,
        State.SENT.name: Q(sent_at__isnull=False),
        State.GIVEN_UP.name: Q(given_up_at__isnull=False),
        State.IN_DOUBT.name: Q(in_doubt_at__isnull=False, sent_at=None, given_up_at=None),
    }.get(state, NOT_OVER | STUCK)


def can_go_again(mail: Any) -> bool:
    """Say whether an e-mail is stuck and its words are still there: no more is read of them."""
    return bool(mail.has_words) and mail.state in {State.GIVEN_UP, State.IN_DOUBT}


def bouncing(*, words: str = "") -> QuerySet[BouncingAddress]:
    """Return the addresses that bounce, the last first."""
    return BouncingAddress.objects.filter(address__icontains=words).order_by("-since", "-pk")


def bouncing_lines(addresses: Iterable[BouncingAddress]) -> list[BouncingLine]:
    """Return these addresses with whose they are. One query more for each app that knows some."""
    shown = list(addresses)
    holders = holders_of(one.address for one in shown)
    return [BouncingLine(one, holders.get(one.address, [])) for one in shown]


def bouncing_among(addresses: Iterable[str]) -> list[BouncingAddress]:
    """Return those of some addresses that bounce."""
    keys = [key for address in addresses if (key := comparable(address))]
    return list(BouncingAddress.objects.filter(address__in=keys)) if keys else []


def persons_at(addresses: list[str]) -> dict[str, list[Person]]:
    """Return the persons of the register who gave these addresses."""
    found: dict[str, list[Person]] = {}
    for person in Person.objects.annotate(lower=Lower("email")).filter(lower__in=addresses):
        found.setdefault(comparable(person.email), []).append(person)
    return found


def counted_for_a_check(now: datetime) -> dict[str, int]:
    """Return how many e-mails have waited for an hour, and were given up or put in doubt in a week."""
    late, lately = now - timedelta(hours=1), now - timedelta(days=7)
    return OutgoingMail.objects.aggregate(
        waiting=Count("pk", filter=NOT_OVER & Q(due_at__lt=late)),
        given_up=Count("pk", filter=Q(given_up_at__gt=lately)),
        in_doubt=Count("pk", filter=Q(in_doubt_at__gt=lately, sent_at=None, given_up_at=None)),
    )


def held_about(person: Person) -> Tables:
    """Return the e-mails that left to a person, and their addresses that bounce."""
    rows = OutgoingMail.objects.filter(person=person).order_by("queued_at", "pk")
    told = rows.values("kind", "address", "subject", "queued_at", "sent_at", "given_up_at", "bounced_at")
    addresses = bouncing_among({person.email, *(row["address"] for row in told)})
    return {
        "emails": [{**row, "kind": kind_in_words(row["kind"])} for row in told],
        "addresses_that_bounce": [
            {"address": one.address, "since": one.since, "why": one.why} for one in addresses
        ],
    }

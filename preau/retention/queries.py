"""How long things are kept, of whom nothing goes, and what goes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet

from preau.kit import clock
from preau.kit.retention import Kept, kept
from preau.people.models import Person

from .models import Decision, LegalHold

APPLIED_AFTER = timedelta(days=7)
"""How long a shorter period waits before anything goes by it: so that one can look at what would."""
MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class Period:
    """For how many days a kind is kept (0: for ever), and who decided so, if anybody did."""

    days: int
    decision: Decision | None
    former: int
    """For how many days it was kept before; it still is while `waits_until` has not come."""
    waits_until: datetime | None
    proposed: int = 0
    """The days proposed to the school, where nothing goes before it has decided and it has not."""

    def days_at(self, at: datetime) -> int:
        return self.former if self.waits_until and at < self.waits_until else self.days


@dataclass(frozen=True, slots=True)
class RetentionLine:
    """A kind of things: for how long it is kept, and how much of it goes next."""

    kept: Kept
    period: Period
    due: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What the next run erases of a kind: how much, about whom, and how much it spares."""

    kept: Kept
    due: int
    spared: int
    """What is old enough, and stays because somebody's things are held."""
    persons: Sequence[Person] = field(default_factory=list)
    more: int = 0
    """How many persons there are besides those who are named."""


def periods() -> dict[str, Period]:
    """Return the period of each kind. One query."""
    decided: dict[str, list[Decision]] = {}
    for decision in Decision.objects.select_related("decided_by"):
        decided.setdefault(decision.kind, []).append(decision)
    return {each.key: _period(each, decided.get(each.key, [])) for each in kept()}


def period_of(each: Kept) -> Period:
    decisions = Decision.objects.filter(kind=each.key).select_related("decided_by")
    return _period(each, list(decisions))


def _period(each: Kept, latest_first: list[Decision]) -> Period:
    """Put a period together: what is decided shorter waits, so that a slip of the hand erases nothing."""
    if not latest_first:
        days = each.usual_here
        return Period(days, None, days, None, proposed=each.usual if each.awaits_decision and not days else 0)
    latest = latest_first[0]
    applied = [it for it in latest_first[1:] if it.decided_at <= latest.decided_at - APPLIED_AFTER]
    recent = latest_first[1 : 1 + len(latest_first[1:]) - len(applied)]
    before = [applied[0].days if applied else each.usual_here, *(it.days for it in recent)]
    former = max(before, key=_length)
    is_shorter = _length(latest.days) < _length(former)
    waits = latest.decided_at + APPLIED_AFTER if is_shorter else None
    return Period(latest.days, latest, former, waits if waits and waits > clock.now() else None)


def _length(days: int) -> float:
    """Return days to compare: for ever is longest."""
    return days or float("inf")


def retention_lines(at: datetime) -> list[RetentionLine]:
    """Return all that is kept for a while, and how much of it the next run erases."""
    held, decided = held_persons(), periods()
    return [
        RetentionLine(each, decided[each.key], due_of(each, decided[each.key], held, at).count())
        for each in kept()
    ]


def due_of(each: Kept, period: Period, held: Sequence[Person], at: datetime) -> QuerySet:
    """Return the records of a kind whose time is over, without those about persons held."""
    return each.spared(each.due(at, days=period.days_at(at)), held)


def previews(at: datetime) -> list[Preview]:
    """Return what the next run erases, kind by kind: those of which something goes, or is spared."""
    held, decided = held_persons(), periods()
    found = [_preview(each, decided[each.key], held, at) for each in kept()]
    return [preview for preview in found if preview.due or preview.spared]


def _preview(each: Kept, period: Period, held: Sequence[Person], at: datetime) -> Preview:
    old = each.due(at, days=period.days_at(at))
    going = each.spared(old, held)
    due, all_of_it = going.count(), old.count()
    if not (due and each.whose):
        return Preview(each, due, all_of_it - due)
    concerned = Person.objects.filter(pk__in=going.order_by().values(each.whose[0]))
    count = concerned.count()
    return Preview(
        each, due, all_of_it - due, list(concerned.by_name()[:MOST_NAMED]), max(count - MOST_NAMED, 0)
    )


def holds_in_force() -> list[LegalHold]:
    """Return the holds of today, by name."""
    holds = LegalHold.objects.in_force().select_related("person", "set_by")
    return list(holds.order_by("person__sort_name", "person"))


def hold_of(person: Person) -> LegalHold | None:
    """Return the hold on what is about a person, if there is one today."""
    hold: LegalHold | None = (
        LegalHold.objects.in_force().filter(person=person).select_related("set_by").first()
    )
    return hold


def held_persons() -> list[Person]:
    """Return those about whom nothing may be erased today."""
    return [hold.person for hold in holds_in_force()]

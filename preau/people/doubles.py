"""
Who may be recorded twice: the same name and birthday, or the same name and the same way to reach them.

Two who are known to be two persons (`ToldApart`) are not proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Merge, Person, ToldApart

MOST = 100
"""How many pairs are proposed at once."""
ALIKE = 6
"""Of more persons than that who share a name, nobody is guessed to be another."""


@dataclass(frozen=True)
class Pair:
    """Two records that may be of one person, the older first, and why."""

    kept: Person
    gone: Person
    why: str | Promise


def doubles(among: Iterable[int] | None = None) -> list[Pair]:
    """Return the pairs of records that may be of one person; only those of some persons, where told."""
    persons = Person.objects.order_by("sort_name", "pk")
    if among is not None:
        keys = list(among)
        persons = persons.filter(_named_like(Person.objects.filter(pk__in=keys)))
    apart = apart_pairs()
    pairs = [pair for pair in _pairs(list(persons)) if frozenset((pair.kept.pk, pair.gone.pk)) not in apart]
    if among is not None:
        pairs = [pair for pair in pairs if {pair.kept.pk, pair.gone.pk} & set(keys)]
    return pairs[:MOST]


def apart_pairs() -> set[frozenset[int]]:
    """Return the pairs of persons who are known to be two, by their keys."""
    return {frozenset(pair) for pair in ToldApart.objects.order_by().values_list("one", "other")}


def told_apart() -> QuerySet[ToldApart]:
    """Return those who are known to be two persons, the latest first."""
    return ToldApart.objects.select_related("one", "other", "by")


def merges() -> list[Merge]:
    """Return the merges that can still be undone, the latest first."""
    latest = Merge.objects.filter(undone_at=None).exclude(details={}).select_related("kept", "by")
    return [merge for merge in latest if merge.can_be_undone]


def _named_like(persons: Iterable[Person]) -> Q:
    """Return the condition of having the same words in one's name as one of these, in whatever order."""
    alike = Q(pk=None)
    for person in persons:
        words = [Q(sort_name__contains=word) for word in person.sort_name.split()]
        alike |= reduce(and_, words, Q())
    return alike


def _pairs(persons: list[Person]) -> Iterator[Pair]:
    alike: defaultdict[frozenset[str], list[Person]] = defaultdict(list)
    for person in persons:
        alike[frozenset(person.sort_name.split())].append(person)
    for together in alike.values():
        for one, other in combinations(together, 2) if len(together) <= ALIKE else ():
            if why := _why(one, other):
                older, newer = sorted((one, other), key=lambda person: person.pk)
                yield Pair(older, newer, why)


def _why(one: Person, other: Person) -> str | Promise:
    if one.born_on and other.born_on:
        return _("the same name and date of birth") if one.born_on == other.born_on else ""
    if one.email and one.email.casefold() == other.email.casefold():
        return _("the same name and e-mail")
    if {one.phone, one.mobile} & {other.phone, other.mobile} - {""}:
        return _("the same name and phone")
    return ""

"""Whose an address is: apps above know more of it than e-mail does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from preau.people.models import Person

Knows = Callable[[list[str]], Mapping[str, Iterable[Person]]]
_known_by: list[Knows] = []


def knows_addresses(knows: Knows) -> Knows:
    """Have the decorated function say whose some addresses are. Called once, in an `offers.py`."""
    _known_by.append(knows)
    return knows


def holders_of(addresses: Iterable[str]) -> dict[str, list[Person]]:
    """Return whose some addresses are, by address. One question for each app that knows some."""
    asked = list(addresses)
    found: dict[str, dict[int, Person]] = {address: {} for address in asked}
    for knows in _known_by if asked else ():
        for address, persons in knows(asked).items():
            for person in persons:
                found.setdefault(address, {})[person.pk] = person
    return {
        address: sorted(persons.values(), key=lambda one: one.sort_name) for address, persons in found.items()
    }

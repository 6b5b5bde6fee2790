"""
The person who asks, in a question that is put together once.

`def cards(reader: Person)` under `@asked_often` gets an `Asker`: rules take it for a person. Its keys are
places, filled in for each person; what it is (a pupil, a teacher, a head…) shapes the question.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from django.db.models import BigIntegerField

from preau.kit.questions import KINDS, Given, Kind, SomeKeys, Unseen
from preau.people.models import Person
from preau.people.relations import wards_of

from .place import place_of

T = TypeVar("T")


class Asker(Unseen):
    """Stands for a person while a question is put together."""

    def __init__(self, name: str, person: Person) -> None:
        self.name = name
        self.pk = Given(BigIntegerField(), lambda given: given[name].pk)
        self.place = AskersPlace(name, person)
        self.is_a_guardian = person.is_a_guardian
        self.duties_in_force = person.duties_in_force

    def holds(self, *kinds: str) -> bool:
        return not self.duties_in_force.isdisjoint(kinds)

    def recall(self, question: Hashable, ask: Callable[[], T]) -> T:
        """Return what rules ask about a person: the place, or the keys of the pupils one answers for."""
        match question:
            case "place":
                return cast("T", self.place)
            case "wards", str() | None as right:
                return cast("T", self._wards(right))
        raise LookupError(f"A question put together once may not ask {question!r} about a person.")

    def _wards(self, right: str | None) -> Any:
        return SomeKeys(lambda given: wards_of(given[self.name], right)) if self.is_a_guardian else []


class AskersPlace:
    """Where the person who asks stands: what they are, and places for the keys of groups and classes."""

    def __init__(self, name: str, person: Person) -> None:
        place = place_of(person)
        self.is_a_pupil, self.is_a_teacher, self.is_a_tutor, self.has_taught = _roles(person)
        self.groups = self._keys(name, "groups", place.is_a_teacher)
        self.taught = self._keys(name, "taught", place.has_taught)
        self.classes = self._keys(name, "classes", place.is_a_tutor)
        self.classes_taught = self._keys(name, "classes_taught", place.is_a_teacher)
        self.classes_followed = self._keys(name, "classes_followed", place.is_a_pupil)

    def _keys(self, name: str, kind: str, are_some: bool) -> Any:
        return SomeKeys(lambda given: getattr(place_of(given[name]), kind)) if are_some else []


def _roles(person: Person) -> tuple[bool, ...]:
    place = place_of(person)
    return place.is_a_pupil, place.is_a_teacher, place.is_a_tutor, place.has_taught


def _shape(person: Person) -> Hashable:
    return (*_roles(person), person.is_a_guardian, person.duties_in_force)


def let_persons_ask() -> None:
    """Let `@asked_often` take a person."""
    KINDS[Person] = Kind(Asker, _shape)

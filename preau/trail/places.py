"""
The classes and groups in which a pupil is or was: who looked at all of one, looked at the pupil.

This app knows neither; an upper app adds them (structure):

    places.add(lambda pupil: [Stay("classgroup:4", date(2026, 8, 24), None)])
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from preau.people.models import Person


@dataclass(frozen=True)
class Stay:
    """Somebody is in a place (`actions.place_of`) from a day until another (excluded)."""

    place: str
    starts_on: date
    ends_on: date | None


_sources: list[Callable[[Person], Iterable[Stay]]] = []


def add(source: Callable[[Person], Iterable[Stay]]) -> None:
    """Say where pupils stay. Called once, in an app's `offers.py`."""
    _sources.append(source)


def while_there(pupil: Person) -> Q:
    """Return the condition of the traces of places in which a pupil was at that moment."""
    condition = Q(pk__in=[])
    for source in _sources:
        for stay in source(pupil):
            during = Q(place=stay.place, at__date__gte=stay.starts_on)
            condition |= during if stay.ends_on is None else during & Q(at__date__lt=stay.ends_on)
    return condition


def while_there_any_of(pupils: Iterable[Person]) -> Q:
    """Return the condition of the traces of places in which one of some pupils was at that moment."""
    return reduce(or_, map(while_there, pupils))

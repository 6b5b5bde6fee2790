"""
Who works in the school: what is tied to one of them is told to the head.

This app knows duties; an upper app adds what it knows (structure: those who teach or tutor).

    working_here.add(lambda: Q(pk__in=…))
"""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from preau.people.ties import in_force

from .models import Duty, Person


def _holds_a_duty() -> Q:
    return Q(pk__in=Duty.objects.filter(in_force()).values("person"))


_conditions: list[Callable[[], Q]] = [_holds_a_duty]


def add(condition: Callable[[], Q]) -> None:
    """Say who else works here today. Called once, in an app's `offers.py`."""
    _conditions.append(condition)


def works_here() -> Q:
    """Return who works in the school today, in whatever way."""
    return reduce(or_, (condition() for condition in _conditions))


def those_who_work_here(persons: Iterable[int]) -> set[int]:
    """Return the keys of those among these persons who work in the school today. One query."""
    return set(Person.objects.filter(works_here(), pk__in=list(persons)).values_list("pk", flat=True))

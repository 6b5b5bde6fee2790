"""
Where families stand in the school, by what their pupils do there: filters of the list of families.

This app knows who answers for whom, not who is enrolled; an upper app adds what it knows (structure: pupils
here, gone, in no class). The first one added is what the list shows unless told.

    standings.add("here", _("of pupils here"), condition=lambda: Q(…))
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.people.ties import in_force

from .models import Relationship

Words = str | Promise


@dataclass(frozen=True)
class FamilyStanding:
    """A kind of families: its words, and the condition that an adult is of that kind today."""

    words: Words
    condition: Callable[[], Q]


def _answers_for_somebody() -> Q:
    return Q(pk__in=Relationship.objects.filter(in_force()).values("guardian"))


EVERYBODY = "all"
_everybody = FamilyStanding(_("all who answer for somebody"), _answers_for_somebody)
_standings: dict[str, FamilyStanding] = {}


def add(key: str, words: Words, *, condition: Callable[[], Q]) -> None:
    """Offer a kind of families. Called once, in an app's `offers.py`."""
    _standings[key] = FamilyStanding(words, condition)


def choices() -> list[tuple[str, Words]]:
    """Return the kinds of families one may choose, the usual one first."""
    return [(key, standing.words) for key, standing in (_standings | {EVERYBODY: _everybody}).items()]


def usual() -> str:
    """Return the kind that the list shows unless told."""
    return next(iter(_standings), EVERYBODY)


def adults(key: str = EVERYBODY) -> Q:
    """Return the condition that an adult is of that kind; of an unknown kind are all guardians."""
    return _standings.get(key, _everybody).condition()

"""
Groups of people one may want to invite together: the guardians, a class, the staff.

This app knows guardians and those who hold a duty; upper apps add what they know (structure: the classes):

    audiences.add("class", _("Pupils of %(name)s"), choices=lambda: [(4, "4TTA")], condition=lambda key: Q(…))
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.people.models import Duty, Relationship
from preau.people.ties import in_force

Words = str | Promise


@dataclass(frozen=True)
class Audience:
    """A kind of group: its words, the groups of that kind, and who is in one of them."""

    key: str
    words: Words
    choices: Callable[[], Iterable[tuple[int, str]]] | None
    """The groups of this kind, by key and name; nothing when there is just one such group."""
    condition: Callable[[int], Q]
    """Takes the key of a group (0 for an audience without choices) and returns who is in it."""

    def options(self) -> Iterator[tuple[str, str]]:
        """Yield what one may choose: `class:4`, “Pupils of 4TTA”."""
        if self.choices is None:
            yield self.key, str(self.words)
            return
        for number, name in self.choices():
            yield f"{self.key}:{number}", str(self.words) % {"name": name}


_audiences: dict[str, Audience] = {}


def add(
    key: str,
    words: Words,
    *,
    condition: Callable[[int], Q],
    choices: Callable[[], Iterable[tuple[int, str]]] | None = None,
) -> None:
    """Offer a kind of group. Called once, in an app's `offers.py`."""
    _audiences[key] = Audience(key, words, choices, condition)


def options() -> list[tuple[str, str]]:
    """Return every group one may choose, with its words."""
    return [option for audience in _audiences.values() for option in audience.options()]


def members(chosen: str) -> Q:
    """Return who is in a chosen group; everybody when nothing (or nothing known) is chosen."""
    key, _colon, number = chosen.partition(":")
    audience = _audiences.get(key)
    return audience.condition(int(number) if number.isdecimal() else 0) if audience else Q()


def _guardians(_number: int) -> Q:
    return Q(pk__in=Relationship.objects.in_force().values("guardian"))


def _with_a_duty(_number: int) -> Q:
    return Q(pk__in=Duty.objects.filter(in_force()).values("person"))


add("guardians", _("All guardians"), condition=_guardians)
add("duties", _("Those who hold a duty"), condition=_with_a_duty)

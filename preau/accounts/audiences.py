"""
Groups of people one may want to reach together: the guardians, a class, a course group, the staff.

This app knows guardians and those who hold a duty; upper apps add what they know (structure: the classes):

    audiences.add("class", _("Pupils of %(name)s"), choices=lambda: [(4, "4TTA")], condition=lambda key: Q(…))

A page offers `options()`; kinds with many groups are offered only where a page names them:

    audiences.options("course_group")

What was chosen (`class:4`, `staff`) is a string; `members` says who is in it, `words_of` how it is called.
What nobody offers holds nobody: a group that is gone is never taken for the whole school.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.kit.access import NOBODY
from preau.kit.fields import BIGGEST_KEY
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
    is_everywhere: bool = True
    """Whether every page offers it, or only those that name this kind."""

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
    everywhere: bool = True,
) -> None:
    """Offer a kind of group. Called once, in an app's `offers.py`."""
    _audiences[key] = Audience(key, words, choices, condition, everywhere)


def options(*kinds: str) -> list[tuple[str, str]]:
    """Return every group one may choose, with its words: the usual kinds, and those named here."""
    offered = (each for each in _audiences.values() if each.is_everywhere or each.key in kinds)
    return [option for audience in offered for option in audience.options()]


def members(chosen: str) -> Q:
    """Return who is in a chosen group; nobody when it is none that is offered."""
    audience, number = _understood(chosen)
    return audience.condition(number) if audience else NOBODY


def words_of(chosen: str) -> str:
    """Return how a chosen group is called, nothing when it is none that is offered today."""
    audience, _number = _understood(chosen)
    return dict(audience.options()).get(chosen, "") if audience else ""


def _understood(chosen: str) -> tuple[Audience | None, int]:
    """Return the kind and the key of a group as `options` writes them."""
    key, colon, number = chosen.partition(":")
    audience = _audiences.get(key)
    if audience is None or bool(colon) != (audience.choices is not None):
        return None, 0
    if not colon:
        return audience, 0
    is_key = number.isascii() and number.isdecimal() and len(number) <= len(str(BIGGEST_KEY))
    return (audience, int(number)) if is_key and int(number) <= BIGGEST_KEY else (None, 0)


def _guardians(_number: int) -> Q:
    return Q(pk__in=Relationship.objects.in_force().values("guardian"))


def _with_a_duty(_number: int) -> Q:
    return Q(pk__in=Duty.objects.filter(in_force()).values("person"))


add("guardians", _("All guardians"), condition=_guardians)
add("duties", _("Those who hold a duty"), condition=_with_a_duty)

"""
Which long work there is. Each app declares its own in its `tasks.py`:

    @long_work("report_cards.build", ready=_("The %(total)s report cards are ready."), followed_by=prepares)
    def make_report_cards(work: Work) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from preau.kit.access import Standing, Words, signed_in
from preau.people.models import Person

from .models import Work

Act = Callable[[Work], object]


@dataclass(frozen=True)
class LongWork:
    """
    Long work that an app knows how to do.

    :param ready: the sentence when all is done (`%(total)s`); without one `leads_to` follows at once
    :param followed_by: who may follow it besides whoever asked
    :param open_to: who may ask for it: asked again before it is done, and before its result is taken away
    :param at_once_up_to: work of at most this size is done in the request, larger or unknown aside
    """

    key: str
    act: Act
    ready: Words = ""
    followed_by: Standing | None = None
    open_to: Standing = signed_in
    at_once_up_to: int = 0


_declared: dict[str, LongWork] = {}
GONE = LongWork("", lambda work: None, ready=_("It was the work of a part of Préau that is gone."))
"""What work of an earlier version has become, when no app does it any more."""


def long_work(
    key: str,
    *,
    ready: Words = "",
    followed_by: Standing | None = None,
    open_to: Standing = signed_in,
    at_once_up_to: int = 0,
) -> Callable[[Act], Act]:
    """Declare the decorated function as the one that does this work."""

    def register(act: Act) -> Act:
        _declared[key] = LongWork(key, act, ready, followed_by, open_to, at_once_up_to)
        return act

    return register


def declared(key: str) -> LongWork:
    """Return what was declared under a key, `GONE` when no app declares it any more."""
    return _declared.get(key, GONE)


def followed_by(person: Person) -> list[str]:
    """Return the keys of all work that this person may follow, whoever asked for it."""
    return [work.key for work in _declared.values() if work.followed_by and work.followed_by.admits(person)]


def closed_to(person: Person) -> list[str]:
    """Return the keys of all work for which this person may ask no longer, or never could."""
    return [work.key for work in _declared.values() if not work.open_to.admits(person)]

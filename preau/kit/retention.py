"""
How long things are kept: each app says what it lets go, and when, unless the school says otherwise.

    @lets_go("trail.connections", _("who signed in, and from where"), days=365)
    def connections(before: datetime) -> QuerySet: ...

`settings.RETENTION_DAYS` holds what the school decided, by key. What is `due` goes every day, by an action of
the portal; a page shows it beforehand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise

Words = str | Promise
Old = Callable[[datetime], QuerySet[Any]]


@dataclass(frozen=True)
class Kept:
    """Something that is kept for a while: `old` returns the records that were there before a moment."""

    key: str
    words: Words
    usual: int
    old: Old

    @property
    def days(self) -> int:
        """Return for how many days it is kept here; 0 is for ever."""
        return int(settings.RETENTION_DAYS.get(self.key, self.usual))

    def due(self, at: datetime) -> QuerySet[Any]:
        """Return the records whose time is over."""
        records = self.old(at - timedelta(days=self.days))
        return records if self.days else records.none()


_kept: dict[str, Kept] = {}


def lets_go(key: str, words: Words, *, days: int) -> Callable[[Old], Old]:
    """Have the decorated function say which records of an app are old. Called once, in its `offers.py`."""

    def register(old: Old) -> Old:
        _kept[key] = Kept(key, words, days, old)
        return old

    return register


def kept() -> list[Kept]:
    """Return all that is kept for a while, by key."""
    return [_kept[key] for key in sorted(_kept)]


def kept_called(key: str) -> Kept:
    """Return what is kept under a key, which an app declares."""
    return _kept[key]

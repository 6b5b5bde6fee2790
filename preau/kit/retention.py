"""
How long things are kept: each app says what it lets go, whose it is, and after how long unless the school
decides otherwise.

    @lets_go("trail.looks", _("Who looked at a file, results or a list"), days=5 * 365, whose=("about", "by"))
    def looks(before: datetime) -> QuerySet: ...

What the school decided, whom nothing may be erased of and the daily run are the affair of an upper app
(`retention`). An app that must do more than delete records says how (`erases`): whole or not at all for each
thing it erases, so that a run which is killed goes on the next day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Old = Callable[[datetime], QuerySet[Any]]
Erase = Callable[[QuerySet[Any], datetime], int]
Concerns = Callable[[Iterable[Any]], Q]
SINCE_WRITTEN = _("since they were written")


@dataclass(frozen=True)
class Kept:
    """Something that is kept for a while: `old` returns the records that were there before a moment."""

    key: str
    words: Words
    usual: int
    """For how many days it is kept unless the school decides otherwise (or proposed to it); 0 is for ever."""
    old: Old
    least: int = 0
    """For how many days it is kept at least, whatever the school decides."""
    since: Words = ""
    """From when the days are counted, as one says it."""
    whose: Sequence[str] = ()
    """The paths to the persons whom a record is about, the first of them first. None: nobody can tell."""
    also: Concerns | None = None
    """Says of some persons which records concern them besides, though no path leads there."""
    erases: Erase | None = None
    """How an app erases what is due, where it must do more than delete it; returns how much went."""
    awaits_decision: bool = False
    """Nothing of it goes before the school has decided: it is part of the file of a pupil."""

    @property
    def usual_here(self) -> int:
        """Return for how many days it is kept where nobody decided: as the settings say, else as usual."""
        return int(settings.RETENTION_DAYS.get(self.key, 0 if self.awaits_decision else self.usual))

    @property
    def days(self) -> int:
        """Return for how many days it is kept here and now; 0 is for ever."""
        return _decides[0](self) if _decides else self.usual_here

    def due(self, at: datetime, *, days: int | None = None) -> QuerySet[Any]:
        """Return the records whose time is over: for so many days (0: for ever), as here unless told."""
        days = self.days if days is None else days
        records = self.old(at - timedelta(days=days))
        return records if days else records.none()

    def spared(self, records: QuerySet[Any], persons: Iterable[Any]) -> QuerySet[Any]:
        """Leave out what is about some persons; all of it where nobody can tell whom it is about."""
        keys = [person.pk for person in persons]
        if not keys:
            return records
        if not self.whose:
            return records.none()
        theirs = reduce(or_, (Q(**{f"{path}__in": keys}) for path in self.whose))
        if self.also:
            theirs |= self.also(persons)
        model = records.model
        return records.exclude(pk__in=model._default_manager.filter(theirs).values("pk"))


_kept: dict[str, Kept] = {}
_decides: list[Callable[[Kept], int]] = []


def lets_go(
    key: str,
    words: Words,
    *,
    days: int,
    least: int = 0,
    since: Words = SINCE_WRITTEN,
    whose: Sequence[str] = (),
    also: Concerns | None = None,
    erases: Erase | None = None,
    awaits_decision: bool = False,
) -> Callable[[Old], Old]:
    """Have the decorated function say which records of an app are old. Called once, in its `offers.py`."""

    def register(old: Old) -> Old:
        _kept[key] = Kept(key, words, days, old, least, since, whose, also, erases, awaits_decision)
        return old

    return register


def kept() -> list[Kept]:
    """Return all that is kept for a while, by key."""
    return [_kept[key] for key in sorted(_kept)]


def kept_called(key: str) -> Kept:
    """Return what is kept under a key, which an app declares."""
    return _kept[key]


def decided_by(source: Callable[[Kept], int]) -> None:
    """Have an upper app say for how many days a kind is kept here. Called once, in its `offers.py`."""
    _decides[:] = [source]

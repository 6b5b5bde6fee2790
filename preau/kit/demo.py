"""
A whole school, invented in a minute and always the same: the demonstration.

Each app brings its own chapter, in its `demo` module: a function that takes the book, writes in bulk what
the app keeps, and leaves for later chapters what they build on. This page knows nothing of schools.

    @chapter(rank=30)
    def gradebook(book: Book) -> None:
        groups = book.find(Classes).groups
        ...
        book.leave(Marks(assessments))
        book.tell(_("grades"), len(grades))
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from . import clock
from .progress import Progress, nobody_watches
from .refusals import Refusal

PASSWORD = "preau-demo"  # noqa: S105 – shown on the sign-in page, and refused outside demo mode.
DAY = date(2027, 6, 8)

Part = TypeVar("Part")
Chapter = Callable[["Book"], None]


class SchoolIsThere(Refusal):
    words = _(
        "There are people in this database already. The demonstration opens in an empty one: give PREAU_DATA "
        "another folder, or DATABASE_URL another database."
    )


@dataclass(frozen=True)
class Options:
    """How big the demonstration is, and how far back it goes."""

    pupils: int = 1000
    years: int = 1
    """School years, the present one included."""
    seed: int = 20260824


@dataclass(frozen=True)
class Line:
    """One line of the summary: 1000 pupils."""

    words: Any
    number: int


@dataclass
class Summary:
    """What the demonstration holds, and how long it took."""

    lines: list[Line] = field(default_factory=list)
    seconds: float = 0

    def __str__(self) -> str:
        rows = [f"{line.number:>9}  {line.words}" for line in self.lines]
        took = _("seconds")
        return "\n".join([*rows, f"{self.seconds:>9.1f}  {took}"])


class Book:
    """What the chapters share while the demonstration is written."""

    def __init__(self, options: Options, progress: Progress = nobody_watches) -> None:
        self.options = options
        self.summary = Summary()
        self._parts: dict[type, Any] = {}
        self._progress = progress
        self._done = 0.0
        self._share = 0.0

    def rng(self, name: str) -> random.Random:
        """Return a source of chance of one's own: a new chapter changes nothing in the others."""
        return random.Random(f"{self.options.seed}:{name}")

    def scaled(self, number: int, *, least: int = 1) -> int:
        """Return what a number of a school of 1000 pupils becomes in this one."""
        return max(least, round(number * self.options.pupils / 1000))

    def leave(self, part: object) -> None:
        """Leave something for later chapters, by its class."""
        self._parts[type(part)] = part

    def find(self, kind: type[Part]) -> Part:
        """Return what an earlier chapter left."""
        part: Part = self._parts[kind]
        return part

    def tell(self, words: Any, number: int) -> None:
        """Add a line to the summary."""
        self.summary.lines.append(Line(words, number))

    def is_at(self, share: float) -> None:
        """Say how much of the present chapter is written, from 0 to 1."""
        self._progress(round(100 * (self._done + share * self._share)), 100)

    @contextmanager
    def writing(self, share: float) -> Iterator[None]:
        """Open a chapter that takes this share of the whole work."""
        self._share = share
        yield
        self._done += share
        self._share = 0
        self.is_at(0)


@dataclass(frozen=True)
class _Entry:
    rank: int
    weight: int
    write: Chapter


_chapters: dict[str, _Entry] = {}


def chapter(*, rank: int, weight: int = 1) -> Callable[[Chapter], Chapter]:
    """Add the decorated function to the book. Its weight is roughly the seconds it takes."""

    def register(write: Chapter) -> Chapter:
        _chapters[write.__module__] = _Entry(rank, weight, write)
        return write

    return register


def chapters() -> list[_Entry]:
    """Return the chapters of all apps, in the order in which they are written."""
    autodiscover_modules("demo")
    return sorted(_chapters.values(), key=lambda entry: entry.rank)


def open_demonstration(options: Options | None = None, progress: Progress = nobody_watches) -> Summary:
    """
    Write the demonstration into an empty database: all of it, or nothing.

    :raises SchoolIsThere: if somebody is there already
    """
    started = time.monotonic()
    book = Book(options or Options(), progress)
    entries = chapters()
    total = sum(entry.weight for entry in entries) or 1
    with clock.at(_day()), _without_sweeping(), transaction.atomic():
        for entry in entries:
            with book.writing(entry.weight / total):
                entry.write(book)
            _measure_tables()
    book.summary.seconds = time.monotonic() - started
    return book.summary


def _day() -> date:
    """Return the day on which the demonstration lives."""
    return date.fromisoformat(settings.SCHOOL_DAY) if settings.SCHOOL_DAY else DAY


@contextmanager
def _without_sweeping() -> Iterator[None]:
    """Keep the garbage collector from walking over a million new records again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _measure_tables() -> None:
    """Let the database know its tables, so that it finds its way from the next chapter on."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

"""
The one clock of the school.

Ties, publications and periods look here, never at the machine's date: so a test can set the day,
and the demonstration can live on a school day whatever the day outside.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)
_hidden_by: ContextVar[tuple[Any, Any] | None] = ContextVar("what hides the clock", default=None)


def now() -> datetime:
    """Return the present moment of the school, aware of its time zone."""
    if hidden := _hidden_by.get():
        return cast("datetime", hidden[0])
    if moment := _set_to.get():
        return moment
    moment = timezone.localtime()
    if settings.SCHOOL_DAY:
        day = date.fromisoformat(settings.SCHOOL_DAY)
        moment = timezone.make_aware(datetime.combine(day, moment.time()))
    return moment


def today() -> date:
    """Return the present day of the school."""
    if hidden := _hidden_by.get():
        return cast("date", hidden[1])
    return timezone.localdate(now())


def on_the_wall() -> datetime:
    """Return the machine's own moment: for what machines stamp by themselves, such as jobs and backups."""
    return timezone.localtime()


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Set the clock for what happens inside: a moment, or noon of a day."""
    if not isinstance(moment, datetime):
        moment = timezone.make_aware(datetime(moment.year, moment.month, moment.day, 12))  # noqa: DTZ001
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)


@contextmanager
def out_of_sight(*, now: Any, today: Any) -> Iterator[None]:
    """Let something stand for the moment and the day while a question is put together, to be asked later."""
    token = _hidden_by.set((now, today))
    try:
        yield
    finally:
        _hidden_by.reset(token)

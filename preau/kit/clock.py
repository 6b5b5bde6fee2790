"""
The one clock of the school.

Ties, publications and periods look here, never at the machine's date: so a test can set the day,
and the demonstration can live on a school day whatever the day outside.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the present moment of the school, aware of its time zone."""
    if moment := _set_to.get():
        return moment
    moment = timezone.localtime()
    if settings.SCHOOL_DAY:
        day = date.fromisoformat(settings.SCHOOL_DAY)
        moment = timezone.make_aware(datetime.combine(day, moment.time()))
    return moment


def today() -> date:
    """Return the present day of the school."""
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

"""Leaving a trace."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Model

from preau.kit import clock
from preau.kit.traces import TracedAct
from preau.kit.unwritable import in_passing
from preau.people.models import Person

from .models import Trace

SAME_LOOK = timedelta(minutes=30)


def note(
    act: TracedAct,
    *,
    by: Person | None,
    about: Person | None = None,
    subject: str = "",
    place: str = "",
    **details: Any,
) -> Trace:
    """
    Note that somebody did something.

    :param act: what was done, declared beside the action that does it
    :param about: the person whose file this concerns, if any
    :param subject: what it was done to, as people call it
    :param place: the class or the group all of which it is about (`place_of`)
    :param details: what the sentence needs besides; JSON values, no secrets, no marks
    """
    return Trace.objects.create(
        by=by,
        about=about,
        act=act.code,
        subject=str(subject)[:200],
        place=place,
        details=details,
        at=clock.now(),
    )


@dataclass(frozen=True, slots=True)
class Noted:
    """One of many things done at once: the same as the arguments of `note`, by keys."""

    act: TracedAct
    about_id: int | None = None
    subject: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    by_id: int | None = None


def note_many(acts: Iterable[Noted]) -> None:
    """Note that somebody did many things at once: a file was brought in."""
    now = clock.now()
    Trace.objects.bulk_create(
        (
            Trace(
                by_id=each.by_id,
                about_id=each.about_id,
                act=each.act.code,
                subject=each.subject[:200],
                details=each.details,
                at=now,
            )
            for each in acts
        ),
        batch_size=500,
    )


def note_look(act: TracedAct, *, by: Person, about: Person, subject: str = "") -> None:
    """Note that somebody looked at a person's file. Looks within half an hour are one; one's own is none."""
    if by == about:
        return
    now = clock.now()
    same = {"by": by, "about": about, "act": act.code, "subject": subject[:200], "is_look": True}
    if not Trace.objects.filter(**same, at__gt=now - SAME_LOOK).exists():
        with in_passing():
            Trace.objects.create(**same, at=now)


def place_of(record: Model) -> str:
    """Return how the trail names a class or a group, so that those who are in it find who looked at all."""
    return f"{record._meta.model_name}:{record.pk}"


def note_look_at(
    act: TracedAct, *, by: Person, place: str, subject: str, same_for: timedelta = SAME_LOOK
) -> None:
    """Note that somebody looked at a class or a group as a whole. Looks within a while are one."""
    now = clock.now()
    same = Trace.objects.filter(by=by, place=place, act=act.code, subject=subject[:200], is_look=True)
    recent = same.filter(at__gt=now - same_for)
    if not recent.exists():
        with in_passing():
            Trace.objects.create(
                by=by, place=place, act=act.code, subject=subject[:200], is_look=True, at=now
            )

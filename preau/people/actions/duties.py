"""What people do in the school. What they may read follows from it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Duty, Person
from preau.people.ties import EndsBeforeItStarts, end_tie, keep_tie, short

from .persons import tell


class NobodyPromotesOneself(Refusal):
    words = _("Nobody gives oneself a duty. Ask a colleague of the direction to do it.")


class AlreadyHeld(Refusal):
    words = _("%(name)s already holds this duty on that day. End the first one before giving it again.")


GIVE_DUTY = TracedAct("people.give_duty", _("gave %(subject)s a duty"))


@transaction.atomic
def give_duty(
    *,
    person: Person,
    kind: str,
    starts_on: date,
    by: Person | None,
    at: datetime,
    ends_on: date | None = None,
) -> Duty:
    """Give a person a duty from a day on, until another day (excluded) or without end."""
    if by == person:
        raise NobodyPromotesOneself
    duty = keep_tie(
        Duty(person=person, kind=kind, starts_on=starts_on, ends_on=ends_on),
        lambda _other, _day: AlreadyHeld(name=person.full_name),
    )
    tell(GIVE_DUTY, person, by, duty=kind)
    return duty


END_DUTY = TracedAct("people.end_duty", _("ended a duty of %(subject)s"))


@transaction.atomic
def end_duty(*, duty: Duty, on: date, by: Person | None, at: datetime) -> None:
    """End a duty: the day told is the first without it. A duty that never began is forgotten."""
    if on <= duty.starts_on <= at.date():
        raise EndsBeforeItStarts(day=short(duty.starts_on))
    end_tie(duty, on)
    tell(END_DUTY, duty.person, by, duty=duty.kind)

"""What people do in the school. What they may read follows from it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.authority import gives
from preau.people.models import Duty, Person
from preau.people.ties import EndsBeforeItStarts, end_tie, keep_tie, short

from .persons import tell


class NobodyPromotesOneself(Refusal):
    words = _("Nobody gives oneself a duty. Ask a colleague of the direction to do it.")


class AboveOnesOwn(Refusal):
    field = "kind"
    words = _("This function is not yours to give or to end: ask the head.")


class NobodyElseLeads(Refusal):
    words = _("The school would be without a head: give somebody else that function first.")


class AlreadyHeld(Refusal):
    words = _("%(name)s already holds this duty on that day. End the first one before giving it again.")


GIVE_DUTY = TracedAct("people.give_duty", _("gave %(subject)s the function “%(duty)s”"), told=True)


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
    """
    Give a person a duty from a day on, until another day (excluded) or without end.

    :raises NobodyPromotesOneself: when it is one's own
    :raises AboveOnesOwn: when no duty of whoever gives it allows that
    :raises AlreadyHeld: when the person holds it on one of these days
    """
    if by == person:
        raise NobodyPromotesOneself
    _refuse_above(kind, by)
    duty = keep_tie(
        Duty(person=person, kind=kind, starts_on=starts_on, ends_on=ends_on),
        lambda _other, _day: AlreadyHeld(name=person.full_name),
    )
    tell(GIVE_DUTY, person, by, duty=kind)
    return duty


END_DUTY = TracedAct("people.end_duty", _("ended the function “%(duty)s” of %(subject)s"), told=True)


@transaction.atomic
def end_duty(*, duty: Duty, on: date, by: Person | None, at: datetime) -> None:
    """
    End a duty: the day told is the first without it. A duty that never began is forgotten.

    :raises AboveOnesOwn: when no duty of whoever ends it allows that
    :raises NobodyElseLeads: when it is that of the last head
    """
    _refuse_above(duty.kind, by)
    if on <= duty.starts_on <= at.date():
        raise EndsBeforeItStarts(day=short(duty.starts_on))
    if duty.kind == Duty.Kind.HEAD:
        _refuse_without_head(duty, on)
    end_tie(duty, on)
    tell(END_DUTY, duty.person, by, duty=duty.kind)


def _refuse_above(kind: str, by: Person | None) -> None:
    if by is not None and kind not in gives(by):
        raise AboveOnesOwn


def _refuse_without_head(duty: Duty, on: date) -> None:
    """Hold the duties of all heads, so that two of them do not end each other's at once."""
    heads = list(Duty.objects.select_for_update().filter(kind=Duty.Kind.HEAD).order_by("pk"))
    if not any(
        other.pk != duty.pk and other.is_during(on, None) and other.ends_on is None for other in heads
    ):
        raise NobodyElseLeads

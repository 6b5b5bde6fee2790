"""Recording a person and what other systems call them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.events import announce
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.events import PersonActedUpon, PersonLookedAt
from preau.people.models import ExternalId, Person


class NumberTaken(Refusal):
    field = "value"
    words = _(
        "%(system)s %(value)s is already the number of %(name)s. Check the number, or change theirs first."
    )


def tell(act: TracedAct, about: Person, by: Person | None, subject: str = "", **details: Any) -> None:
    """Announce what was done to a person's record."""
    event = PersonActedUpon(act, about.pk, by.pk if by else None, subject or about.full_name, details)
    announce(event)


LOOK = TracedAct("people.look", _("opened the page of the register"))


def note_opening(*, person: Person, by: Person, at: datetime) -> None:
    """Note that somebody opened what the register holds about a person."""
    announce(PersonLookedAt(LOOK, person.pk, by.pk))


RECORD_PERSON = TracedAct("people.record_person", _("recorded %(subject)s"))


@transaction.atomic
def record_person(
    *, given_name: str, family_name: str, by: Person | None, at: datetime, **more: Any
) -> Person:
    """Record somebody the school did not know yet. `more` are fields of `Person`."""
    person = Person.objects.create(given_name=given_name.strip(), family_name=family_name.strip(), **more)
    tell(RECORD_PERSON, person, by)
    return person


CHANGE_PERSON = TracedAct("people.change_person", _("changed what is known of %(subject)s"))


@transaction.atomic
def change_person(*, person: Person, by: Person | None, at: datetime, **changes: Any) -> Person:
    """Change what is known of a person. Nothing is written, and nobody told, when nothing differs."""
    changed = [name for name, value in changes.items() if getattr(person, name) != value]
    if changed:
        for name in changed:
            setattr(person, name, changes[name])
        person.save(update_fields=changed)
        tell(CHANGE_PERSON, person, by, fields=sorted(changed))
    return person


NOTE_EXTERNAL_ID = TracedAct("people.note_external_id", _("noted the number of %(subject)s in %(system)s"))


@transaction.atomic
def note_external_id(
    *, person: Person, system: str, value: str, by: Person | None, at: datetime
) -> ExternalId:
    """Note the number another system gives a person; a new number replaces the one of the same system."""
    holder = ExternalId.objects.filter(system=system, value=value).select_related("person").first()
    if holder and holder.person_id != person.pk:
        raise NumberTaken(system=system, value=value, name=holder.person.full_name)
    if holder:
        return holder
    ExternalId.objects.filter(person=person, system=system).delete()
    number = ExternalId.objects.create(person=person, system=system, value=value)
    tell(NOTE_EXTERNAL_ID, person, by, system=system)
    return number


DROP_EXTERNAL_ID = TracedAct("people.drop_external_id", _("forgot the number of %(subject)s in %(system)s"))


@transaction.atomic
def drop_external_id(*, number: ExternalId, by: Person | None, at: datetime) -> None:
    """Forget the number another system gave a person."""
    tell(DROP_EXTERNAL_ID, number.person, by, system=number.system)
    number.delete()

"""What happens to people leaves a trace, and so does a list of them that leaves the house."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from preau.design.lists import ListSeen, ListTaken
from preau.kit.events import upon
from preau.kit.traces import TracedAct
from preau.people.events import PersonActedUpon, PersonLookedAt, SeveralActedUpon
from preau.people.models import Person

from .actions import Noted, note, note_look, note_look_at, note_many


@upon(PersonActedUpon)
def leave_a_trace(event: PersonActedUpon) -> None:
    about = Person.objects.filter(pk=event.about_id).first()
    by = Person.objects.filter(pk=event.by_id).first() if event.by_id else None
    note(event.act, by=by, about=about, subject=event.subject, **event.details)


@upon(PersonLookedAt)
def leave_a_trace_of_a_look(event: PersonLookedAt) -> None:
    persons = Person.objects.in_bulk([event.by_id, event.about_id])
    note_look(event.act, by=persons[event.by_id], about=persons[event.about_id])


@upon(SeveralActedUpon)
def leave_many_traces(event: SeveralActedUpon) -> None:
    note_many(Noted(act.act, act.about_id, act.subject, act.details, by_id=act.by_id) for act in event.acts)


LOOK_AT_LIST = TracedAct("trail.look_at_list", _("looked at the list “%(subject)s”"))
A_DAY = timedelta(days=1)


@upon(ListSeen)
def leave_a_trace_of_a_list_seen(seen: ListSeen) -> None:
    by = Person.objects.get(pk=seen.by_id)
    note_look_at(LOOK_AT_LIST, by=by, place=seen.place, subject=seen.title, same_for=A_DAY)


TAKE_LIST = TracedAct("trail.take_list", _("took away the list “%(subject)s” in a file, %(lines)s lines"))


@upon(ListTaken)
def leave_a_trace_of_a_list(taken: ListTaken) -> None:
    by = Person.objects.filter(pk=taken.by_id).first()
    note(
        TAKE_LIST,
        by=by,
        subject=taken.title,
        place=taken.place,
        lines=taken.count,
        format=taken.format,
    )

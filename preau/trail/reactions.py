"""What happens to people leaves a trace."""

from preau.kit.events import upon
from preau.people.events import PersonActedUpon, SeveralActedUpon
from preau.people.models import Person

from .actions import Noted, note, note_many


@upon(PersonActedUpon)
def leave_a_trace(event: PersonActedUpon) -> None:
    about = Person.objects.filter(pk=event.about_id).first()
    by = Person.objects.filter(pk=event.by_id).first() if event.by_id else None
    note(event.act, by=by, about=about, subject=event.subject, **event.details)


@upon(SeveralActedUpon)
def leave_many_traces(event: SeveralActedUpon) -> None:
    note_many(Noted(act.act, act.about_id, act.subject, act.details, by_id=act.by_id) for act in event.acts)

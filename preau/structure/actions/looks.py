"""Who looks at a whole class: it leaves a trace, which the families read."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import ClassGroup, CourseGroup
from preau.trail.actions import note_look_at, place_of

LOOK_AT_CLASS = TracedAct("structure.look_at_class", _("opened the list of %(subject)s"))


LOOK_AT_GROUP = TracedAct("structure.look_at_group", _("opened the members of %(subject)s"))
A_DAY = timedelta(days=1)


def note_look_at_group(*, group: CourseGroup, by: Person, at: datetime) -> None:
    """Note that somebody of the school opened the members of a course group."""
    note_look_at(LOOK_AT_GROUP, by=by, place=place_of(group), subject=str(group), same_for=A_DAY)


def note_look_at_class(*, class_group: ClassGroup, by: Person, at: datetime) -> None:
    """Note that somebody of the school opened the list of a class, on a screen or on paper."""
    note_look_at(LOOK_AT_CLASS, by=by, place=place_of(class_group), subject=class_group.name)

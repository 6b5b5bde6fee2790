"""Who looks at the results of a whole class or school, or prints its cards: the families read it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import ClassGroup, ReportPeriod
from preau.trail.actions import note, note_look_at, place_of

LOOK_AT_CLASS = TracedAct("report_cards.look_at_class", _("opened the results of the class %(subject)s"))
LOOK_AT_DIFFERENCES = TracedAct(
    "report_cards.look_at_differences", _("opened what the report cards of %(subject)s would say today")
)
PRINT = TracedAct("report_cards.print", _("printed the report cards of the class %(subject)s"))
A_DAY = timedelta(days=1)


def note_look_at_class(*, class_group: ClassGroup, by: Person, at: datetime) -> None:
    """Note that somebody opened the page of a class at the end of a period."""
    place = place_of(class_group)
    note_look_at(LOOK_AT_CLASS, by=by, place=place, subject=class_group.name, same_for=A_DAY)


def note_look_at_differences(*, period: ReportPeriod, by: Person, at: datetime) -> None:
    """Note that somebody opened the list of the cards that would say something else today."""
    place = place_of(period.school_year)
    note_look_at(LOOK_AT_DIFFERENCES, by=by, place=place, subject=str(period), same_for=A_DAY)


def note_printing(*, class_group: ClassGroup, period: ReportPeriod, by: Person, at: datetime) -> None:
    """Note that somebody took the cards of a class away, to print them."""
    note(PRINT, by=by, subject=f"{class_group.name}, {period}", place=place_of(class_group))

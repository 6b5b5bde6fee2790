"""Who looks at results that are not their own: each leaves a trace, which the family reads."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.people.relations import wards_of
from preau.structure.models import CourseGroup, ReportPeriod
from preau.structure.relations import groups_of
from preau.trail.actions import note, note_look, note_look_at, place_of

LOOK_AT_RESULTS = TracedAct("gradebook.look_at_results", _("opened the results"))
LOOK_AT_SHEET = TracedAct("gradebook.look_at_sheet", _("opened the gradebook of %(subject)s"))
LOOK_AT_LEDGER = TracedAct("gradebook.look_at_ledger", _("opened the ledger of grades of %(subject)s"))
TAKE_LEDGER = TracedAct("gradebook.take_ledger", _("took away the ledger of grades of %(subject)s"))
A_DAY = timedelta(days=1)


def note_look_at_results(*, pupil: Person, by: Person, at: datetime) -> None:
    """Note that somebody of the school read the results of a pupil, or why they are so."""
    if by != pupil and pupil.pk not in wards_of(by):
        note_look(LOOK_AT_RESULTS, by=by, about=pupil)


def note_look_at_sheet(*, group: CourseGroup, by: Person, at: datetime) -> None:
    """Note that somebody opened the gradebook of a group: those who teach it once a day, others each time."""
    during = {"same_for": A_DAY} if group.pk in groups_of(by) else {}
    note_look_at(LOOK_AT_SHEET, by=by, place=place_of(group), subject=str(group), **during)


def note_look_at_ledger(*, period: ReportPeriod, by: Person, at: datetime) -> None:
    """Note that somebody opened the ledger of a period: it names grades of whoever is or was in that year."""
    place = place_of(period.school_year)
    note_look_at(LOOK_AT_LEDGER, by=by, place=place, subject=str(period), same_for=A_DAY)


def note_taking_ledger(*, period: ReportPeriod, by: Person, at: datetime) -> None:
    """Note that somebody took the ledger of a period away: all its grades are in it."""
    note(TAKE_LEDGER, by=by, subject=str(period), place=place_of(period.school_year))

"""Taking back what was brought forward, while nothing stands on it."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from preau.kit.portions import portions
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.people.ties import DatedTie
from preau.structure.models import Enrolment, GroupMembership, Rollover, SchoolYear
from preau.structure.queries.rollover.applied import PLACES, TIES, built_on, keys_of, latest_rollover
from preau.trail.actions import Noted, note, note_many


class BuiltUpon(Refusal):
    words = _("It can no longer be taken back. Since then there are: %(what)s.")


class NothingToTakeBack(Refusal):
    words = _("Nothing was brought forward to %(name)s that could be taken back.")


TAKE_BACK = TracedAct("structure.take_back", _("took back what was brought forward to %(subject)s"))
TAKE_BACK_PLACE = TracedAct(
    "structure.take_back_place", _("took back the place of the pupil in the school year %(subject)s")
)


@transaction.atomic
def take_back(*, school_year: SchoolYear, by: Person | None, at: datetime) -> Rollover:
    """
    Take back the last bringing forward to a year: all that it made goes, what it ended goes on as before.

    :raises BuiltUpon: when something was written on it since; it says what
    """
    SchoolYear.objects.select_for_update().get(pk=school_year.pk)
    rollover = latest_rollover(school_year)
    if rollover is None:
        raise NothingToTakeBack(name=school_year.name)
    if built := built_on(rollover):
        raise BuiltUpon(what=built)
    pupils = _pupils_of(rollover)
    for model in (*TIES, *PLACES):
        _remove(model, keys_of(rollover, model))
    for model in (Enrolment, GroupMembership):
        _reopen(model, rollover)
    rollover.undone_at = at
    rollover.save(update_fields=["undone_at"])
    who = by.pk if by else None
    note_many(Noted(TAKE_BACK_PLACE, pupil, school_year.name, {}, who) for pupil in pupils)
    note(TAKE_BACK, by=by, subject=school_year.name)
    return rollover


def _pupils_of(rollover: Rollover) -> list[int]:
    keys = keys_of(rollover, Enrolment)
    return [
        pupil
        for part in portions(keys)
        for pupil in Enrolment.objects.filter(pk__in=part).values_list("pupil", flat=True)
    ]


def _remove(model: type[Model], keys: list[int]) -> None:
    for part in portions(keys):
        model._default_manager.filter(pk__in=part).delete()


def _reopen(model: type[DatedTie], rollover: Rollover) -> None:
    """Have ties go on that ended for the new year, but those that somebody changed or replaced since."""
    first = rollover.school_year.starts_on
    before = {int(key): day for key, day in rollover.ended.get(model.__name__, {}).items()}
    for part in portions(list(before)):
        ties = cast("list[DatedTie]", list(model._default_manager.filter(pk__in=part, ends_on=first)))
        for tie in ties:
            former = before[tie.pk]
            tie.ends_on = date.fromisoformat(former) if former else None
        model._default_manager.bulk_update([tie for tie in ties if _is_free(tie, first)], ["ends_on"])


def _is_free(tie: DatedTie, first: date) -> bool:
    """Say whether nobody else has taken the place that this tie would have again."""
    return not tie.rivals().filter(starts_on__gte=first).exists()

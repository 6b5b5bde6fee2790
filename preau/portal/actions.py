"""What people decide here: how far modules are open, who tries them first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from preau.kit import modules
from preau.kit.modules import Stage
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.kit.unwritable import in_passing
from preau.people.models import Person
from preau.people.relations import answers_for, wards_of
from preau.people.ties import check_order
from preau.trail.actions import Noted, note, note_look, note_many

from .models import Audience, Pilot, RollOut, Use
from .queries.dossier import dossier_file
from .seeing import LASTS, Seeing


class StaysOpen(Refusal):
    words = _("This part of the house stays open: without it nobody could find the others.")


DECIDE_STAGE = TracedAct(
    "portal.decide_stage", _("decided how far the module “%(subject)s” is open, from %(starts_on)s")
)


def decide_stage(
    *,
    module: str,
    audience: Audience,
    stage: Stage,
    starts_on: date,
    ends_on: date | None = None,
    by: Person,
    at: datetime,
) -> RollOut:
    """Decide how far a module is open to an audience from a day on, in place of what began that day."""
    _refuse_unless_it_closes(module)
    check_order(starts_on, ends_on)
    decision, _made = RollOut.objects.update_or_create(
        module=module, audience=audience, starts_on=starts_on, defaults={"stage": stage, "ends_on": ends_on}
    )
    note(
        DECIDE_STAGE,
        by=by,
        subject=module,
        audience=str(audience),
        stage=str(stage),
        starts_on=starts_on.isoformat(),
    )
    return decision


WITHDRAW_DECISION = TracedAct(
    "portal.withdraw_decision", _("took back a decision about the module “%(subject)s”")
)


def withdraw_decision(*, decision: RollOut, by: Person, at: datetime) -> None:
    """Take back a decision: what was decided before, or nothing, counts again."""
    note(
        WITHDRAW_DECISION,
        by=by,
        subject=decision.module,
        audience=decision.audience,
        stage=decision.stage,
    )
    decision.delete()


ADD_PILOT = TracedAct("portal.add_pilot", _("let this person try the module “%(subject)s”"))


@transaction.atomic
def add_pilots(*, module: str, persons: Sequence[Person], by: Person, at: datetime) -> None:
    """Let these persons try a module while it is in pilot. As many questions for a person as for a school."""
    _refuse_unless_it_closes(module)
    trying = set(Pilot.objects.filter(module=module).values_list("person", flat=True))
    new = [person for person in persons if person.pk not in trying]
    Pilot.objects.bulk_create((Pilot(module=module, person=person) for person in new), ignore_conflicts=True)
    note_many(Noted(ADD_PILOT, about_id=person.pk, subject=module, by_id=by.pk) for person in new)


REMOVE_PILOT = TracedAct("portal.remove_pilot", _("ended this person's trial of the module “%(subject)s”"))


def remove_pilot(*, pilot: Pilot, by: Person, at: datetime) -> None:
    """Stop a person's trial of a module."""
    note(REMOVE_PILOT, by=by, about=pilot.person, subject=pilot.module)
    pilot.delete()


def _refuse_unless_it_closes(key: str) -> None:
    module = modules.module(key)
    if module is None or not module.can_close:
        raise StaysOpen


HAND_DATA_OVER = TracedAct(
    "portal.hand_data_over", _("took away all that is held about %(subject)s, to hand it over"), reserved=True
)


@transaction.atomic
def hand_data_over(*, person: Person, by: Person, at: datetime) -> IO[bytes]:
    """Return all that is held about somebody, for those who asked on paper. The trail keeps who took it."""
    note(HAND_DATA_OVER, by=by, about=person, subject=person.full_name)
    return dossier_file(person)


OPEN_FILE = TracedAct("portal.open_file", _("opened the pupil's file"))


def note_opening(*, pupil: Person, by: Person, at: datetime) -> None:
    """Note that somebody opened a pupil's file. The pupil's own looks and the family's are not noted."""
    if by != pupil and not (by.is_a_guardian and answers_for("pk").over(Person).allows(by, pupil)):
        note_look(OPEN_FILE, by=by, about=pupil)


_noted: set[tuple[str, int]] = set()
_noted_on = date.min


def note_use(*, module: str, person: Person, on: date) -> None:
    """Note that a person used a module on a day: one small write a day, then none."""
    global _noted_on
    if on != _noted_on:
        _noted.clear()
        _noted_on = on
    if (module, person.pk) not in _noted:
        _noted.add((module, person.pk))
        with in_passing():
            Use.objects.bulk_create([Use(module=module, person=person, on=on)], ignore_conflicts=True)


def forget_noted_uses() -> None:
    """Forget which uses this process has written today: the next ones are written again, harmlessly."""
    _noted.clear()


SEE_AS = TracedAct(
    "portal.see_as",
    _("saw the school as %(subject)s sees it, until %(until)s at the latest: %(reason)s"),
    reserved=True,
)


@transaction.atomic
def begin_to_see_as(*, eyes: Person, reason: str, by: Person, at: datetime) -> Seeing:
    """Let somebody who may (`may_see_as`) see what a pupil or a parent sees; the trail says why."""
    until = at + LASTS
    told = {"reason": reason, "until": timezone.localtime(until).strftime("%H:%M")}
    for about in [eyes, *Person.objects.filter(pk__in=wards_of(eyes, None))]:
        note(SEE_AS, by=by, about=about, subject=eyes.full_name, **told)
    return Seeing(by, eyes, until)


END_SEEING_AS = TracedAct("portal.end_seeing_as", _("no longer saw as %(subject)s"), reserved=True)


def end_seeing_as(*, eyes: Person, by: Person, at: datetime) -> None:
    """Note that somebody sees as themselves again."""
    note(END_SEEING_AS, by=by, about=eyes, subject=eyes.full_name)


LOOK_AS = TracedAct("portal.look_as", _("saw the page %(subject)s as the family sees it"))


def note_look_as(*, eyes: Person, page: str, pupils: Collection[int], by: Person) -> None:
    """
    Note which page was looked at as somebody: they find it, and the pupils whose family they are.

    A page about some pupils (`pupils`) is found by these alone, one about nobody in particular by all.
    """
    wards = Person.objects.filter(pk__in=wards_of(eyes, None))
    for about in [eyes, *(wards.filter(pk__in=pupils) if pupils else wards)]:
        note_look(LOOK_AS, by=by, about=about, subject=page)

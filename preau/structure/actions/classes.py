"""Making a class and naming who is in charge of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.people.own_ties import refuse_own_tie
from preau.people.ties import FOR_EVER, end_tie, keep_tie
from preau.structure.models import ClassGroup, SchoolYear, Tutorship, YearLevel
from preau.trail.actions import note

from .years import ensure_current_year


class NameTaken(Refusal):
    field = "name"
    words = _("There is already a class %(name)s in %(year)s. Choose another name.")


class AlreadyTutor(Refusal):
    field = "tutor"
    words = _("%(tutor)s is already in charge of %(class_group)s on %(day)s.")


CREATE_CLASS = TracedAct("structure.create_class", _("made the class %(subject)s"))


@transaction.atomic
def create_class(
    *,
    year_level: YearLevel,
    name: str,
    by: Person | None,
    at: datetime,
    form: str = "",
    school_year: SchoolYear | None = None,
) -> ClassGroup:
    """Make a class for a school year; for the one in course unless told."""
    school_year = school_year or ensure_current_year(by=by, at=at)
    _check_name(school_year, name)
    class_group = ClassGroup.objects.create(
        school_year=school_year, year_level=year_level, name=name, form=form
    )
    note(CREATE_CLASS, by=by, subject=name)
    return class_group


CHANGE_CLASS = TracedAct("structure.change_class", _("changed the class %(subject)s"))


@transaction.atomic
def change_class(*, class_group: ClassGroup, by: Person | None, at: datetime, **changes: Any) -> ClassGroup:
    """Change the name, the level or the form of a class."""
    if "name" in changes and changes["name"] != ClassGroup.objects.get(pk=class_group.pk).name:
        _check_name(class_group.school_year, changes["name"])
    for field, value in changes.items():
        setattr(class_group, field, value)
    class_group.save()
    note(CHANGE_CLASS, by=by, subject=class_group.name, fields=sorted(changes))
    return class_group


ASSIGN_TUTOR = TracedAct("structure.assign_tutor", _("put the teacher in charge of %(subject)s"), told=True)


@transaction.atomic
def assign_tutor(
    *,
    class_group: ClassGroup,
    tutor: Person,
    on: date,
    by: Person | None,
    at: datetime,
    instead_of: Tutorship | None = None,
) -> Tutorship:
    """
    Put a teacher in charge of a class from a day on. Some classes have two.

    :param instead_of: the tutorship that ends that day, when one titulaire takes over from another
    :raises NobodyTiesOneself: when it is whoever does it
    """
    refuse_own_tie(by, tutor)
    if instead_of:
        end_tutorship(tutorship=instead_of, on=on, by=by, at=at)
    tutorship = keep_tie(
        Tutorship(class_group=class_group, tutor=tutor, starts_on=on),
        lambda _other, day: AlreadyTutor(tutor=tutor.full_name, class_group=class_group, day=day),
    )
    note(ASSIGN_TUTOR, by=by, about=tutor, subject=class_group.name, on=on.isoformat())
    return tutorship


@transaction.atomic
def take_charge(
    *,
    class_group: ClassGroup,
    tutor: Person,
    on: date,
    takes_over: bool,
    by: Person | None,
    at: datetime,
) -> Tutorship:
    """Put a teacher in charge of a class, instead of those who are (`takes_over`) or beside them."""
    if takes_over:
        for present in class_group.tutorships.during(on, FOR_EVER).exclude(tutor=tutor):
            end_tutorship(tutorship=present, on=on, by=by, at=at)
    return assign_tutor(class_group=class_group, tutor=tutor, on=on, by=by, at=at)


END_TUTORSHIP = TracedAct("structure.end_tutorship", _("ended the charge of %(subject)s"))


@transaction.atomic
def end_tutorship(*, tutorship: Tutorship, on: date, by: Person | None, at: datetime) -> None:
    """Take a class from its tutor: that day is the first without. One not begun is forgotten."""
    end_tie(tutorship, on)
    tutor, class_group = tutorship.tutor, tutorship.class_group
    note(END_TUTORSHIP, by=by, about=tutor, subject=class_group.name, on=on.isoformat())


def _check_name(school_year: SchoolYear, name: str) -> None:
    if ClassGroup.objects.filter(school_year=school_year, name=name).exists():
        raise NameTaken(name=name, year=school_year.name)

"""A pupil comes to a class, changes class, leaves. Every tie is dated; the past stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.actions import record_person
from preau.people.models import Person
from preau.people.own_ties import refuse_own_tie
from preau.people.ties import FOR_EVER, DatedQuerySet, end_tie, keep_tie, short
from preau.structure.models import (
    ClassGroup,
    CourseGroup,
    Enrolment,
    GroupMembership,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
)
from preau.trail.actions import note


class AlreadyEnrolled(Refusal):
    words = _(
        "%(pupil)s is already in %(class_group)s on %(day)s. Move the pupil instead of enrolling twice."
    )


class NotEnrolled(Refusal):
    words = _("%(pupil)s is in no class on %(day)s: enrol the pupil first.")


class AlreadyThere(Refusal):
    words = _("%(pupil)s is already in %(class_group)s: choose another class.")


class LeavesBeforeArriving(Refusal):
    words = _("%(pupil)s has been in %(class_group)s since %(day)s only: choose a later day.")


class OutsideTheYear(Refusal):
    words = _("%(class_group)s exists from %(first)s to %(last)s: choose a day between the two.")


ENROL_PUPIL = TracedAct("structure.enrol_pupil", _("enrolled the pupil in %(subject)s"))


@transaction.atomic
def enrol_pupil(
    *,
    pupil: Person,
    class_group: ClassGroup,
    on: date,
    by: Person | None,
    at: datetime,
    until: date | None = None,
) -> Enrolment:
    """
    Enrol a pupil in a class from a day on, until another (excluded) or until told otherwise.

    An enrolment of an earlier year that nobody ended, ends that day.

    :raises AlreadyEnrolled: when the pupil is in a class of the same year on one of these days
    :raises NobodyTiesOneself: when it is whoever does it
    """
    refuse_own_tie(by, pupil)
    _one_at_a_time(pupil)
    check_day(class_group, on)
    past = pupil.enrolments.filter(ends_on=None, starts_on__lt=on)
    past.exclude(class_group__school_year=class_group.school_year_id).update(ends_on=on)
    enrolment = keep_tie(
        Enrolment(pupil=pupil, class_group=class_group, starts_on=on, ends_on=until),
        lambda other, day: AlreadyEnrolled(pupil=pupil.full_name, class_group=other.class_group, day=day),
    )
    note(ENROL_PUPIL, by=by, about=pupil, subject=class_group.name, on=on.isoformat())
    return enrolment


@transaction.atomic
def record_pupil(
    *,
    class_group: ClassGroup | None,
    on: date,
    by: Person | None,
    at: datetime,
    **identity: Any,
) -> Person:
    """Record a pupil the school did not know, in a class if it is decided; return the pupil."""
    pupil = record_person(by=by, at=at, **identity)
    if class_group:
        enrol_pupil(pupil=pupil, class_group=class_group, on=on, by=by, at=at)
    return pupil


MOVE_PUPIL = TracedAct("structure.move_pupil", _("moved the pupil from %(from)s to %(subject)s"))


@transaction.atomic
def move_pupil(*, pupil: Person, to: ClassGroup, on: date, by: Person | None, at: datetime) -> Enrolment:
    """
    Move a pupil to another class from a day on: the enrolment in course ends that day, a new one starts.

    A pupil who arrived that very day is simply put in the other class. Whatever was planned for later days in
    other classes is given up.

    :raises AlreadyThere: when the pupil is already in that class on that day
    """
    _one_at_a_time(pupil)
    check_day(to, on)
    enrolments: DatedQuerySet = pupil.enrolments.in_force(on)
    current: Enrolment | None = enrolments.select_related("class_group").order_by("starts_on").last()
    if current is None:
        raise NotEnrolled(pupil=pupil.full_name, day=short(on))
    if current.class_group_id == to.pk:
        raise AlreadyThere(pupil=pupil.full_name, class_group=to.name)
    left = current.class_group
    until = current.ends_on
    pupil.enrolments.filter(starts_on__gt=on).delete()
    if current.starts_on == on:
        current.class_group = to
        current.save(update_fields=["class_group"])
        moved = current
    else:
        end_tie(current, on)
        moved = Enrolment.objects.create(pupil=pupil, class_group=to, starts_on=on, ends_on=until)
    note(
        MOVE_PUPIL,
        by=by,
        about=pupil,
        subject=to.name,
        **{"from": left.name, "on": on.isoformat()},
    )
    return moved


def check_placement(*, pupil: Person, to: ClassGroup, on: date, by: Person | None, at: datetime) -> None:
    """
    Refuse what `put_in_class` would refuse; write nothing. Asked before its plan is shown.

    :raises AlreadyThere: when the pupil is already in that class on that day
    :raises OutsideTheYear: when the class does not exist on that day
    :raises NobodyTiesOneself: when it is whoever asks
    """
    refuse_own_tie(by, pupil)
    check_day(to, on)
    if pupil.enrolments.in_force(on).filter(class_group=to).exists():
        raise AlreadyThere(pupil=pupil.full_name, class_group=to.name)


@transaction.atomic
def put_in_class(*, pupil: Person, to: ClassGroup, on: date, by: Person | None, at: datetime) -> Enrolment:
    """Enrol a pupil who is in no class on that day, move one who is. The courses stay as they are."""
    if pupil.enrolments.in_force(on).exists():
        return move_pupil(pupil=pupil, to=to, on=on, by=by, at=at)
    return enrol_pupil(pupil=pupil, class_group=to, on=on, by=by, at=at)


END_ENROLMENT = TracedAct("structure.end_enrolment", _("noted that the pupil leaves %(subject)s"))


@transaction.atomic
def end_enrolment(*, pupil: Person, on: date, by: Person | None, at: datetime) -> None:
    """
    Note that a pupil leaves the school: that day is the first without class, nor course.

    :raises NotEnrolled: when the pupil is in no class the day before
    """
    _one_at_a_time(pupil)
    open_ties = pupil.enrolments.during(date.min, FOR_EVER).exclude(ends_on__lte=on)
    current = open_ties.select_related("class_group").order_by("starts_on").first()
    if current is None:
        raise NotEnrolled(pupil=pupil.full_name, day=short(on))
    if current.starts_on >= on:
        raise LeavesBeforeArriving(
            pupil=pupil.full_name, class_group=current.class_group, day=short(current.starts_on)
        )
    pupil.enrolments.end_all(on)
    pupil.memberships.end_all(on)
    note(END_ENROLMENT, by=by, about=pupil, subject=current.class_group.name, on=on.isoformat())


@transaction.atomic
def enrol_many(
    *, pupils: Iterable[Person], class_group: ClassGroup, on: date, by: Person | None, at: datetime
) -> int:
    """Enrol many pupils in a class, all or none; return how many."""
    return len([enrol_pupil(pupil=p, class_group=class_group, on=on, by=by, at=at) for p in pupils])


CLOSE_SCHOOL_YEAR = TracedAct("structure.close_school_year", _("ended what was still open in %(subject)s"))


@transaction.atomic
def close_school_year(*, school_year: SchoolYear, on: date, by: Person | None, at: datetime) -> int:
    """
    End whatever is still open in the classes and groups of a past year; return how many ties were ended.

    Until then its teachers still read their pupils, so that the last report cards can be finished in July.
    """
    classes = ClassGroup.objects.filter(school_year=school_year)
    groups = CourseGroup.objects.filter(school_year=school_year)
    ended = (
        Enrolment.objects.filter(class_group__in=classes).end_all(on)
        + Tutorship.objects.filter(class_group__in=classes).end_all(on)
        + GroupMembership.objects.filter(group__in=groups).end_all(on)
        + TeachingAssignment.objects.filter(group__in=groups).end_all(on)
    )
    note(CLOSE_SCHOOL_YEAR, by=by, subject=school_year.name, ended=ended)
    return ended


def _one_at_a_time(pupil: Person) -> None:
    """Hold the pupil's record until the end of the transaction: two secretaries take turns."""
    Person.objects.select_for_update().get(pk=pupil.pk)


def check_day(class_group: ClassGroup, on: date) -> None:
    year = class_group.school_year
    if not year.starts_on <= on < year.ends_on:
        raise OutsideTheYear(
            class_group=class_group.name, first=short(year.starts_on), last=short(year.ends_on)
        )

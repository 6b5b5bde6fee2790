"""What a file brings of the structure, written at once: with the holds, rules and traces of one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.traces import TracedAct
from preau.people.actions.many import hold_many
from preau.people.models import Person
from preau.people.own_ties import refuse_own_tie
from preau.people.ties import DatedQuerySet, check_order
from preau.structure.models import (
    ClassGroup,
    Course,
    CourseGroup,
    CourseStatus,
    Enrolment,
    GroupMembership,
    Subject,
    TeachingAssignment,
    YearLevel,
)
from preau.trail.actions import Noted, note_many

from .classes import CREATE_CLASS, NameTaken
from .courses import CREATE_COURSE, CREATE_GROUP, CREATE_STATUS, CREATE_SUBJECT, CREATE_YEAR_LEVEL, CodeTaken
from .enrolments import END_ENROLMENT, ENROL_PUPIL, MOVE_PUPIL, check_day
from .groups import ADD_MEMBERSHIP, ASSIGN_TEACHER, END_ASSIGNMENT, END_MEMBERSHIP

T = TypeVar("T", GroupMembership, TeachingAssignment)
BATCH = 500
ACTS: dict[type[models.Model], TracedAct] = {
    YearLevel: CREATE_YEAR_LEVEL,
    CourseStatus: CREATE_STATUS,
    Subject: CREATE_SUBJECT,
    Course: CREATE_COURSE,
    CourseGroup: CREATE_GROUP,
    ClassGroup: CREATE_CLASS,
}


@dataclass(frozen=True, slots=True)
class Placement:
    """A pupil who is to be in a class from a day on."""

    pupil: Person
    class_group: ClassGroup
    on: date


@dataclass(frozen=True, slots=True)
class NewTie:
    """Somebody who is to follow or to teach a group, from a day until another (excluded) or without end."""

    person: Person
    group: CourseGroup
    starts_on: date
    ends_on: date | None = None
    kind: str = ""
    """As what somebody teaches the group; the usual one unless told."""


@transaction.atomic
def create_many(*, records: Sequence[Any], by: Person | None, at: datetime) -> None:
    """
    Make year levels, statuses, subjects, courses, classes or groups: records of one kind.

    :raises CodeTaken: when a code is in use already
    :raises NameTaken: when a class of that name exists in the year already
    """
    if not records:
        return
    model = type(records[0])
    _refuse_taken(model, records)
    model.objects.bulk_create(records, batch_size=BATCH)
    who = by.pk if by else None
    note_many(Noted(ACTS[model], subject=str(record), by_id=who) for record in records)


def _refuse_taken(model: Any, records: Sequence[Any]) -> None:
    if model is ClassGroup:
        year = records[0].school_year
        if taken := year.class_groups.filter(name__in=[record.name for record in records]).first():
            raise NameTaken(name=taken.name, year=year.name)
        return
    same = model.objects.filter(code__in=[record.code for record in records])
    if model is CourseGroup:
        same = same.filter(school_year=records[0].school_year)
    if taken := same.first():
        raise CodeTaken(code=taken.code)


@transaction.atomic
def place_many(*, placements: Sequence[Placement], by: Person | None, at: datetime) -> None:
    """
    Put pupils in their class from a day on: the enrolment in course ends that day, what was planned for later
    is given up. Whoever is in that class already stays as they are.

    What each pupil is enrolled in is read once they are held: two who move one pupil take turns.

    :raises OutsideTheYear: when a day is not in the year of the class
    :raises NobodyTiesOneself: when one of them is whoever brings the file
    """
    refuse_own_tie(by, *(placement.pupil for placement in placements))
    hold_many([placement.pupil for placement in placements])
    known = _enrolments_of([placement.pupil for placement in placements])
    new: list[Enrolment] = []
    ended: list[Enrolment] = []
    given_up: list[int] = []
    told: list[Noted] = []
    for placement in placements:
        check_day(placement.class_group, placement.on)
        lasting = [
            tie for tie in known[placement.pupil.pk] if tie.ends_on is None or tie.ends_on > placement.on
        ]
        if any(
            tie.class_group_id == placement.class_group.pk and tie.starts_on <= placement.on
            for tie in lasting
        ):
            continue
        for tie in lasting:
            if tie.starts_on >= placement.on:
                given_up.append(tie.pk)
            else:
                tie.ends_on = placement.on
                ended.append(tie)
        new.append(
            Enrolment(pupil=placement.pupil, class_group=placement.class_group, starts_on=placement.on)
        )
        told.append(_told_of(placement, lasting, by))
    Enrolment.objects.filter(pk__in=given_up).delete()
    Enrolment.objects.bulk_update(ended, ["ends_on"], batch_size=BATCH)
    Enrolment.objects.bulk_create(new, batch_size=BATCH)
    note_many(told)


def _enrolments_of(pupils: Iterable[Person]) -> dict[int, list[Enrolment]]:
    known: defaultdict[int, list[Enrolment]] = defaultdict(list)
    ties = Enrolment.objects.filter(pupil__in=[pupil.pk for pupil in pupils]).select_related("class_group")
    for tie in ties.order_by("starts_on"):
        known[tie.pupil_id].append(tie)
    return known


def _told_of(placement: Placement, lasting: Sequence[Enrolment], by: Person | None) -> Noted:
    details = {"on": placement.on.isoformat()}
    left = [tie for tie in lasting if tie.starts_on <= placement.on]
    if left:
        details["from"] = left[-1].class_group.name
    act = MOVE_PUPIL if left else ENROL_PUPIL
    return Noted(act, placement.pupil.pk, placement.class_group.name, details, by.pk if by else None)


@transaction.atomic
def end_enrolments(*, pupils: Sequence[int], on: date, by: Person | None, at: datetime) -> None:
    """Note that pupils leave the school: that day is the first without class, nor course."""
    persons = list(Person.objects.filter(pk__in=pupils))
    hold_many(persons)
    classes = {
        tie.pupil_id: tie.class_group.name
        for tie in Enrolment.objects.filter(pupil__in=pupils)
        .select_related("class_group")
        .order_by("starts_on")
    }
    Enrolment.objects.filter(pupil__in=pupils).end_all(on)
    GroupMembership.objects.filter(pupil__in=pupils).end_all(on)
    who = by.pk if by else None
    note_many(Noted(END_ENROLMENT, key, classes.get(key, ""), {"on": on.isoformat()}, who) for key in pupils)


@transaction.atomic
def follow_many(*, ties: Sequence[NewTie], by: Person | None, at: datetime) -> list[GroupMembership]:
    """
    Have pupils follow groups; return the membership of each. Who follows a group already on one of these days
    stays as they are.

    :raises EndsBeforeItStarts: when one would
    """
    return _tie_many(GroupMembership, "pupil", ADD_MEMBERSHIP, ties, by)


@transaction.atomic
def teach_many(*, ties: Sequence[NewTie], by: Person | None, at: datetime) -> list[TeachingAssignment]:
    """
    Give groups to teachers; return the assignment of each. Who has a group already on one of these days stays
    as they are.

    :raises EndsBeforeItStarts: when one would
    """
    return _tie_many(TeachingAssignment, "teacher", ASSIGN_TEACHER, ties, by)


def _tie_many(model: type[T], who: str, act: TracedAct, ties: Sequence[NewTie], by: Person | None) -> list[T]:
    hold_many([tie.person for tie in ties])
    known: defaultdict[tuple[int, int], list[T]] = defaultdict(list)
    groups = {tie.group.pk for tie in ties}
    for record in model._default_manager.filter(group__in=groups):
        known[getattr(record, f"{who}_id"), record.group_id].append(record)
    found: list[T] = []
    new: list[T] = []
    told: list[Noted] = []
    for tie in ties:
        check_order(tie.starts_on, tie.ends_on)
        same = known[tie.person.pk, tie.group.pk]
        record = next((each for each in same if each.is_during(tie.starts_on, tie.ends_on)), None)
        if record is None:
            refuse_own_tie(by, tie.person)
            more = {who: tie.person} | ({"kind": tie.kind} if tie.kind else {})
            record = model(group=tie.group, starts_on=tie.starts_on, ends_on=tie.ends_on, **more)
            same.append(record)
            new.append(record)
            details = {"on": tie.starts_on.isoformat()}
            told.append(Noted(act, tie.person.pk, str(tie.group), details, by.pk if by else None))
        found.append(record)
    model._default_manager.bulk_create(new, batch_size=BATCH)
    note_many(told)
    return found


CORRECT_MEMBERSHIP = TracedAct(
    "structure.correct_membership", _("corrected from when to when the pupil follows %(subject)s")
)


@transaction.atomic
def correct_memberships(
    *, days: Sequence[tuple[GroupMembership, date, date | None]], by: Person | None, at: datetime
) -> None:
    """
    Correct the days between which pupils follow groups.

    :raises EndsBeforeItStarts: when one would
    """
    hold_many([membership.pupil for membership, _first, _last in days])
    for membership, first, last in days:
        check_order(first, last)
        membership.starts_on, membership.ends_on = first, last
    memberships = [membership for membership, _first, _last in days]
    GroupMembership.objects.bulk_update(memberships, ["starts_on", "ends_on"], batch_size=BATCH)
    who = by.pk if by else None
    note_many(Noted(CORRECT_MEMBERSHIP, each.pupil_id, str(each.group), {}, who) for each in memberships)


@transaction.atomic
def end_memberships(*, keys: Sequence[int], on: date, by: Person | None, at: datetime) -> None:
    """Have pupils leave groups: that day is the first without. A membership not begun is forgotten."""
    ties = GroupMembership.objects.filter(pk__in=keys)
    _end_many(
        ties,
        [(tie.pupil, tie.group) for tie in ties.select_related("pupil", "group__course")],
        END_MEMBERSHIP,
        on,
        by,
    )


@transaction.atomic
def end_assignments(*, keys: Sequence[int], on: date, by: Person | None, at: datetime) -> None:
    """Take groups from teachers: that day is the first without. An assignment not begun is forgotten."""
    ties = TeachingAssignment.objects.filter(pk__in=keys)
    _end_many(
        ties,
        [(tie.teacher, tie.group) for tie in ties.select_related("teacher", "group__course")],
        END_ASSIGNMENT,
        on,
        by,
    )


def _end_many(
    ties: DatedQuerySet,
    told: Sequence[tuple[Person, CourseGroup]],
    act: TracedAct,
    on: date,
    by: Person | None,
) -> None:
    hold_many([person for person, _group in told])
    ties.end_all(on)
    who = by.pk if by else None
    note_many(Noted(act, person.pk, str(group), {"on": on.isoformat()}, who) for person, group in told)

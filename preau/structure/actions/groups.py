"""Who follows a course group and who teaches it, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.people.own_ties import refuse_own_tie
from preau.people.ties import FOR_EVER, end_tie, keep_tie, short
from preau.structure.models import CourseGroup, GroupMembership, TeachingAssignment
from preau.trail.actions import note


class AlreadyMember(Refusal):
    words = _("%(pupil)s already follows %(group)s on %(day)s.")


class BeforeItsYear(Refusal):
    field = "on"
    words = _("%(group)s begins on %(day)s only: choose that day, or a later one.")


class AlreadyTeaches(Refusal):
    words = _("%(teacher)s already teaches %(group)s on %(day)s.")


class NothingToReplace(Refusal):
    words = _("%(teacher)s does not teach %(group)s during these days: nobody is to be replaced.")


ADD_MEMBERSHIP = TracedAct("structure.add_membership", _("added the pupil to %(subject)s"))


@transaction.atomic
def add_membership(
    *,
    group: CourseGroup,
    pupil: Person,
    on: date,
    by: Person | None,
    at: datetime,
    until: date | None = None,
) -> GroupMembership:
    """
    Have a pupil follow a course group from a day on.

    :raises AlreadyMember: when the pupil already follows it on one of these days
    :raises BeforeItsYear: when the year of the group has not begun by then
    :raises EndsBeforeItStarts: when it ends on its first day or before
    :raises NobodyTiesOneself: when it is whoever does it
    """
    refuse_own_tie(by, pupil)
    _refuse_before_its_year(group, on)
    membership = keep_tie(
        GroupMembership(group=group, pupil=pupil, starts_on=on, ends_on=until),
        lambda _other, day: AlreadyMember(pupil=pupil.full_name, group=group, day=day),
    )
    note(ADD_MEMBERSHIP, by=by, about=pupil, subject=str(group), on=on.isoformat())
    return membership


@transaction.atomic
def add_many(
    *, group: CourseGroup, pupils: Iterable[Person], on: date, by: Person | None, at: datetime
) -> int:
    """Add many pupils to a group; those who follow it already stay as they are. Return how many are new."""
    there = set(group.memberships.during(on, FOR_EVER).values_list("pupil", flat=True))
    new = [pupil for pupil in pupils if pupil.pk not in there]
    for pupil in new:
        add_membership(group=group, pupil=pupil, on=on, by=by, at=at)
    return len(new)


END_MEMBERSHIP = TracedAct("structure.end_membership", _("took the pupil out of %(subject)s"))


@transaction.atomic
def end_membership(*, membership: GroupMembership, on: date, by: Person | None, at: datetime) -> None:
    """Have a pupil leave a group: that day is the first without it. A membership not begun is forgotten."""
    end_tie(membership, on)
    group = membership.group
    note(END_MEMBERSHIP, by=by, about=membership.pupil, subject=str(group), on=on.isoformat())


ASSIGN_TEACHER = TracedAct("structure.assign_teacher", _("gave %(subject)s to the teacher"), told=True)


@transaction.atomic
def assign_teacher(
    *,
    group: CourseGroup,
    teacher: Person,
    on: date,
    by: Person | None,
    at: datetime,
    kind: str = TeachingAssignment.Kind.MAIN,
    until: date | None = None,
) -> TeachingAssignment:
    """
    Give a group to a teacher from a day on, until another (excluded) or without end.

    :raises AlreadyTeaches: when the teacher has it already on one of these days
    :raises BeforeItsYear: when the year of the group has not begun by then
    :raises EndsBeforeItStarts: when it ends on its first day or before
    :raises NobodyTiesOneself: when it is whoever does it
    """
    refuse_own_tie(by, teacher)
    _refuse_before_its_year(group, on)
    assignment = keep_tie(
        TeachingAssignment(group=group, teacher=teacher, kind=kind, starts_on=on, ends_on=until),
        lambda _other, day: AlreadyTeaches(teacher=teacher.full_name, group=group, day=day),
    )
    note(ASSIGN_TEACHER, by=by, about=teacher, subject=str(group), on=on.isoformat(), kind=kind)
    return assignment


@transaction.atomic
def replace_teacher(
    *,
    assignment: TeachingAssignment,
    replacement: Person,
    on: date,
    until: date,
    by: Person | None,
    at: datetime,
) -> TeachingAssignment:
    """
    Have somebody stand in for a teacher from a day until another (excluded).

    The replaced teacher keeps the group and its history; the replacement sees it as long as it lasts.
    """
    starts, ends = assignment.starts_on, assignment.ends_on or FOR_EVER
    if not (starts < until and on < ends):
        raise NothingToReplace(teacher=assignment.teacher.full_name, group=assignment.group)
    return assign_teacher(
        group=assignment.group,
        teacher=replacement,
        kind=TeachingAssignment.Kind.REPLACEMENT,
        on=on,
        until=until,
        by=by,
        at=at,
    )


END_ASSIGNMENT = TracedAct("structure.end_assignment", _("took %(subject)s from the teacher"))


@transaction.atomic
def end_assignment(*, assignment: TeachingAssignment, on: date, by: Person | None, at: datetime) -> None:
    """Take a group from a teacher: that day is the first without it. One not begun is forgotten."""
    end_tie(assignment, on)
    teacher, group = assignment.teacher, assignment.group
    note(END_ASSIGNMENT, by=by, about=teacher, subject=str(group), on=on.isoformat())


def _refuse_before_its_year(group: CourseGroup, on: date) -> None:
    """Refuse a tie that begins before the year of the group: in summer its groups are made already."""
    first = group.school_year.starts_on
    if on < first:
        raise BeforeItsYear(group=group, day=short(first))

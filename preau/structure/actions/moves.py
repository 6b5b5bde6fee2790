"""A pupil comes to a class with the courses of the class: nobody moves by half."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from preau.people.models import Person
from preau.structure.models import ClassGroup, CourseGroup, Enrolment, GroupMembership
from preau.structure.queries import course_plan

from .enrolments import put_in_class
from .groups import add_membership, end_membership


@transaction.atomic
def settle_courses(
    *,
    pupil: Person,
    leaves: Iterable[GroupMembership],
    joins: Iterable[CourseGroup],
    on: date,
    by: Person | None,
    at: datetime,
    until: date | None = None,
) -> int:
    """
    Have a pupil leave these courses and join those, all from one day on; return how many begin or end.

    What had ended by that day stays as it ended.

    :param until: the day on which what begins is known to end
    :raises AlreadyMember: when the pupil follows one of them already
    """
    ended = [tie for tie in leaves if tie.ends_on is None or tie.ends_on > on]
    begun = list(joins)
    for membership in ended:
        end_membership(membership=membership, on=on, by=by, at=at)
    for group in begun:
        add_membership(group=group, pupil=pupil, on=on, until=until, by=by, at=at)
    return len(ended) + len(begun)


@transaction.atomic
def bring_to_class(
    *,
    pupil: Person,
    to: ClassGroup,
    on: date,
    leaves: Iterable[GroupMembership],
    joins: Iterable[CourseGroup],
    by: Person | None,
    at: datetime,
) -> Enrolment:
    """Put a pupil in a class and settle the courses for the same day; see `queries.course_plan`."""
    enrolment = put_in_class(pupil=pupil, to=to, on=on, by=by, at=at)
    settle_courses(pupil=pupil, leaves=leaves, joins=joins, on=on, until=enrolment.ends_on, by=by, at=at)
    return enrolment


@transaction.atomic
def bring_many_to_class(
    *,
    pupils: Iterable[Person],
    to: ClassGroup,
    on: date,
    with_courses: bool,
    by: Person | None,
    at: datetime,
) -> int:
    """
    Put many pupils in a class, all or none, with the courses proposed for each; return how many moved.

    Those who are there already stay as they are.
    """
    moved = 0
    for pupil in pupils:
        if pupil.enrolments.in_force(on).filter(class_group=to).exists():
            continue
        plan = course_plan(pupil, to, on=on)
        leaves, joins = (plan.leaves, plan.joins) if with_courses else ((), ())
        bring_to_class(pupil=pupil, to=to, on=on, leaves=leaves, joins=joins, by=by, at=at)
        moved += 1
    return moved

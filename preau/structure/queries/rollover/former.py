"""A school year as it ends: who is where, who follows, teaches and tutors what. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from preau.people.models import Person
from preau.people.ties import DatedQuerySet, in_force
from preau.structure.models import (
    ClassGroup,
    CourseGroup,
    DutyScope,
    Enrolment,
    GroupMembership,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
)


@dataclass(frozen=True)
class Former:
    """The year that is brought forward, on the day its ties are read."""

    year: SchoolYear
    day: date
    classes: dict[int, ClassGroup]
    pupils: dict[int, Person]
    """By name, as every list of the plan has them."""
    place_of: dict[int, int]
    """The class of each pupil."""
    lasting: frozenset[int]
    """The pupils whose enrolment is still open when the next year begins."""
    groups: dict[int, CourseGroup]
    follows: dict[int, tuple[int, ...]]
    """The groups of each pupil."""
    taught: dict[int, list[TeachingAssignment]]
    tutored: dict[int, list[Person]]
    scopes: list[DutyScope]
    """The duties held for one of its classes that go on in the next year."""


def day_it_ends(year: SchoolYear, *, before: date) -> date:
    """
    Return the day on which those who go on from a year are read: they are tied to it then, leavers are not.

    The eve of the next year while it is open, so that who leaves in summer has left; the last day of all once
    it was closed.

    :param before: the first day of the next year
    """
    ties: DatedQuerySet = Enrolment.objects.filter(class_group__school_year=year)
    ended = ties.filter(ends_on__lt=before).order_by().values("ends_on").annotate(n=Count("pk"))
    closing = ended.order_by("-n", "-ends_on").first()
    if closing and closing["n"] > ties.in_force(closing["ends_on"]).count():
        last: date = closing["ends_on"] - timedelta(days=1)
        return last
    return before - timedelta(days=1)


def former_year(year: SchoolYear, *, before: SchoolYear) -> Former:
    """Read a year as it ends, for the one that comes after it."""
    day = day_it_ends(year, before=before.starts_on)
    enrolments = Enrolment.objects.filter(in_force(day), class_group__school_year=year)
    places = list(enrolments.select_related("pupil").order_by("pupil__sort_name", "pupil"))
    groups = CourseGroup.objects.filter(school_year=year)
    return Former(
        year=year,
        day=day,
        classes={each.pk: each for each in ClassGroup.objects.filter(school_year=year)},
        pupils={tie.pupil_id: tie.pupil for tie in places},
        place_of={tie.pupil_id: tie.class_group_id for tie in places},
        lasting=frozenset(
            tie.pupil_id for tie in places if tie.ends_on is None or tie.ends_on > before.starts_on
        ),
        groups={group.pk: group for group in groups.select_related("course__subject", "course__year_level")},
        follows=_follows(year, day),
        taught=_taught(year, day),
        tutored=_tutored(year, day),
        scopes=_scopes(year, before.starts_on),
    )


def _scopes(year: SchoolYear, day: date) -> list[DutyScope]:
    ties = DutyScope.objects.filter(in_force(day, prefix="duty__"), class_group__school_year=year)
    return list(ties.select_related("duty__person").order_by("duty__person__sort_name", "pk"))


def _follows(year: SchoolYear, day: date) -> dict[int, tuple[int, ...]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    ties = GroupMembership.objects.filter(in_force(day), group__school_year=year)
    for pupil, group in ties.order_by("pk").values_list("pupil", "group"):
        found[pupil].append(group)
    return {pupil: tuple(groups) for pupil, groups in found.items()}


def _taught(year: SchoolYear, day: date) -> dict[int, list[TeachingAssignment]]:
    """Return who teaches each group on the last day on which anybody of the year does, replacements too."""
    found: defaultdict[int, list[TeachingAssignment]] = defaultdict(list)
    ties = TeachingAssignment.objects.filter(in_force(day), group__school_year=year).select_related("teacher")
    for tie in ties.order_by("kind", "teacher__sort_name", "pk"):
        found[tie.group_id].append(tie)
    return found


def _tutored(year: SchoolYear, day: date) -> dict[int, list[Person]]:
    found: defaultdict[int, list[Person]] = defaultdict(list)
    ties = Tutorship.objects.filter(in_force(day), class_group__school_year=year).select_related("tutor")
    for tie in ties.order_by("tutor__sort_name", "pk"):
        found[tie.class_group_id].append(tie.tutor)
    return found

"""Which groups of a class are proposed to who comes to it: one rule, for one pupil or a whole summer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from preau.structure.models import CourseGroup


@dataclass(frozen=True, slots=True)
class Offered:
    """What a class offers: groups, how many of its pupils follow each, and how many pupils it has."""

    groups: Sequence[CourseGroup]
    shared: Mapping[int, int]
    mates: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What says which courses a pupil takes."""

    courses: Collection[int]
    subjects: Collection[int]
    declined: Collection[int]
    """The subjects that others of the former class take, and this pupil did not: a religion, an option."""
    goes_on: Collection[int] = ()
    """The subjects that the pupil follows already, and goes on with."""


def proposed(offered: Offered, taken: Taken) -> list[CourseGroup]:
    """Return the groups to join: the same course, the same subject, or what most of the class follow."""
    best = _best(offered, taken)
    return [
        group
        for group in offered.groups
        if best.get(group.course.subject_id) == group and _is_for_the_pupil(group, offered, taken)
    ]


def _best(offered: Offered, taken: Taken) -> dict[int, CourseGroup]:
    """Of each subject that does not go on, return the group of the same course, else of most pupils."""
    best: dict[int, CourseGroup] = {}
    for group in sorted(
        offered.groups,
        key=lambda each: (each.course_id in taken.courses, offered.shared.get(each.pk, 0)),
        reverse=True,
    ):
        if group.course.subject_id not in taken.goes_on:
            best.setdefault(group.course.subject_id, group)
    return best


def _is_for_the_pupil(group: CourseGroup, offered: Offered, taken: Taken) -> bool:
    if group.course.subject_id in taken.subjects:
        return True
    is_common = offered.shared.get(group.pk, 0) * 2 > offered.mates
    return is_common and group.course.subject_id not in taken.declined

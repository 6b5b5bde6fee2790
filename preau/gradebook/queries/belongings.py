"""Which groups of a course a pupil is or was in this year: the marks of all of them make one result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod

from . import result_rows as rows

PupilAndCourse = tuple[int, int]
MOST_NAMED = 500
"""How many keys are named in a question; above that it is quicker to ask for the whole period."""


@dataclass(slots=True)
class Belonging:
    """The groups of a course in which a pupil is or was this year, in order, with their days."""

    spans: list[tuple[date, date | None, int]] = field(default_factory=list)

    def group_in(self, period: ReportPeriod) -> int | None:
        """Return the group in which the pupil is at the end of a period, None for one who is in none."""
        there = [
            group
            for starts_on, ends_on, group in self.spans
            if starts_on < period.ends_on and (ends_on is None or ends_on > period.starts_on)
        ]
        return there[-1] if there else None

    @property
    def groups(self) -> set[int]:
        return {group for _starts_on, _ends_on, group in self.spans}


def group_keeping(pupil: Person, group: CourseGroup, period: ReportPeriod) -> int | None:
    """Return the key of the group that keeps the result of a pupil in the course of a group."""
    ties = GroupMembership.objects.filter(
        pupil=pupil, group__course=group.course_id, group__school_year=group.school_year_id
    )
    spans = ties.order_by("starts_on", "pk").values_list("starts_on", "ends_on", "group_id")
    return Belonging(list(spans)).group_in(period)


def belongings(
    year: int, groups: list[int] | None, pupils: list[int] | None
) -> dict[PupilAndCourse, Belonging]:
    """
    Return the belongings of a year, by pupil and course.

    :param groups: only of pupils who are or were in these, with the other groups of their courses
    """
    found: defaultdict[PupilAndCourse, Belonging] = defaultdict(Belonging)
    spans = rows.spans(year, pupils) if groups is None else _spans_around(year, groups, pupils)
    for _key, pupil, course, *span in spans:
        found[pupil, course].spans.append(tuple(span))
    return found


def _spans_around(year: int, groups: list[int], pupils: list[int] | None) -> list[tuple[Any, ...]]:
    here = rows.spans_in_groups(groups, pupils)
    belong = {(pupil, course) for _key, pupil, course, *_span in here}
    courses = sorted({course for _pupil, course in belong})
    some = named({pupil for pupil, _course in belong}) or pupils
    beside = rows.spans_beside_groups(year, courses, groups, some)
    theirs = [row for row in beside if (row[1], row[2]) in belong]
    return sorted([*here, *theirs], key=lambda row: (row[3], row[0])) if theirs else here


def named(keys: Collection[int]) -> list[int] | None:
    """Name the keys, or none where there are too many."""
    return sorted(keys) if len(keys) <= MOST_NAMED else None

"""The plan of a year that is brought forward: a value, put together from the earlier year and decisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from preau.structure.models import (
    ClassGroup,
    DutyScope,
    SchoolYear,
)

from .courses import CoursesOfClasses, NextCourses
from .former import Former
from .steps import ClassPlan, GroupPlan, PupilPlan, Target


@dataclass(frozen=True, slots=True)
class Following:
    """What a pupil follows of a year: subjects, and periods a week."""

    subjects: frozenset[int] = frozenset()
    periods: int = 0


@dataclass(frozen=True)
class RolloverPlan:
    """What bringing the earlier year forward would make of it, for whoever reads it. Nothing is written."""

    year: SchoolYear
    former: Former
    targets: Sequence[Target]
    classes: Sequence[ClassPlan]
    groups: Sequence[GroupPlan]
    scopes: Sequence[DutyScope]
    """Duties held for a class that is made again: they are held for the new one too."""
    following: Mapping[int, Following]
    """What pupils follow of the next year already."""

    @property
    def pupils(self) -> Iterator[PupilPlan]:
        for each in self.classes:
            yield from each.pupils

    @cached_property
    def new_classes(self) -> list[ClassPlan]:
        return [each for each in self.classes if each.is_new]

    @cached_property
    def new_groups(self) -> list[GroupPlan]:
        return [each for each in self.groups if each.is_new]

    @cached_property
    def placements(self) -> list[PupilPlan]:
        return [each for each in self.pupils if each.goes]

    @cached_property
    def leavers(self) -> list[PupilPlan]:
        """Those who leave and whose enrolment would last into the next year."""
        return [each for each in self.pupils if each.leaves and each.pupil.pk in self.former.lasting]

    @cached_property
    def courses(self) -> dict[int, NextCourses]:
        """The courses of all who are placed, and of those who were before and follow nothing yet."""
        return {
            each.pupil.pk: self._proposed(each)
            for each in self.pupils
            if self.class_of(each) and each.pupil.pk not in self.following
        }

    def courses_of(self, pupil: PupilPlan) -> NextCourses | None:
        """Return the courses of a pupil in the next year, as they are or would be; none without a class."""
        known = self.following.get(pupil.pupil.pk)
        if known is None or not self.class_of(pupil):
            return self.courses.get(pupil.pupil.pk)
        proposed = self._proposed(pupil)
        still_open = tuple(group for group in proposed.open if group.course.subject_id not in known.subjects)
        return replace(proposed, joins=(), open=still_open, periods=known.periods)

    def _proposed(self, pupil: PupilPlan) -> NextCourses:
        return self._of_classes.of(pupil.pupil.pk, self._former_of.get(self.class_of(pupil)))

    @cached_property
    def _former_of(self) -> dict[str, ClassGroup | None]:
        return {target.name: target.former for target in self.targets}

    def class_of(self, pupil: PupilPlan) -> str:
        """Return the name of the class of the next year in which a pupil then is; nothing without one."""
        if pupil.placed:
            return "" if pupil.has_left else pupil.placed.name
        return pupil.to if pupil.goes else ""

    @cached_property
    def _of_classes(self) -> CoursesOfClasses:
        return CoursesOfClasses(self.former, {each.former.pk for each in self.groups})

    @property
    def memberships(self) -> int:
        return sum(len(found.joins) for found in self.courses.values())

    @property
    def is_nothing(self) -> bool:
        rest = self.new_classes or self.new_groups or self.placements or self.leavers
        return not (rest or self.memberships)

    @cached_property
    def fingerprint(self) -> str:
        """Say in a few letters all that this plan would do: another plan has other ones."""
        does = {
            "year": self.year.pk,
            "classes": [(each.former.name, [tutor.pk for tutor in each.tutors]) for each in self.new_classes],
            "groups": [
                (each.former.code, [(tie.teacher_id, tie.kind) for tie in each.kept])
                for each in self.new_groups
            ],
            "scopes": [scope.pk for scope in self.scopes],
            "places": [(each.pupil.pk, each.to) for each in self.placements],
            "leave": [each.pupil.pk for each in self.leavers],
            "courses": [
                (pupil, [group.code for group in found.joins]) for pupil, found in self.courses.items()
            ],
        }
        return hashlib.sha256(json.dumps(does).encode()).hexdigest()[:20]

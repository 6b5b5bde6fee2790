"""The courses of a pupil in the next year: those of the class, as those of the earlier year followed them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property

from preau.structure.models import ClassGroup, CourseGroup

from ..proposals import Offered, Taken, proposed
from .former import Former


@dataclass(frozen=True, slots=True)
class NextCourses:
    """What one pupil follows in the next year, by groups of the earlier year; and what is left to choose."""

    joins: tuple[CourseGroup, ...] = ()
    open: tuple[CourseGroup, ...] = ()
    """One group of each subject of which several could be meant."""
    periods: int = 0
    usual: int = 0
    """The periods a week that nearly all of the class have at least."""

    @property
    def is_settled(self) -> bool:
        return bool(self.periods) and not self.open and self.periods >= self.usual

    @property
    def open_subjects(self) -> list[str]:
        return [group.course.subject.name for group in self.open]


class CoursesOfClasses:
    """What the classes of a year followed, for whoever comes to the class of the same name."""

    def __init__(self, former: Former, carried: Collection[int]) -> None:
        self.former, self.carried = former, frozenset(carried)
        self.pupils_of: dict[int, list[int]] = {}
        for pupil, place in former.place_of.items():
            self.pupils_of.setdefault(place, []).append(pupil)
        self.offered = cache(self._offered)
        self.usual = cache(self._usual)
        self.subjects_of_class = cache(self._subjects_of_class)

    def of(self, pupil: int, to: ClassGroup | None) -> NextCourses:
        """
        Return the groups that a pupil follows in a class of the next year.

        :param to: the class of that name in the earlier year; nothing is known of a class that is new
        """
        if to is None:
            return NextCourses()
        offered, own = self._offered_to(pupil, to), self._groups(pupil)
        taken = self._taken(own, offered, self.former.place_of[pupil])
        found = proposed(offered, taken)
        open_ones = [group for group in found if _is_a_choice(group, offered, taken)]
        joins = tuple(group for group in found if group not in open_ones)
        return NextCourses(
            joins,
            tuple(open_ones),
            sum(group.course.weekly_periods for group in joins),
            self.usual(to.pk),
        )

    def _offered_to(self, pupil: int, to: ClassGroup) -> Offered:
        """Return what the class offers; first the pupil's own groups, where its year may follow them."""
        offered = self.offered(to.pk)
        own = [
            group
            for group in self.former.follows.get(pupil, ())
            if group in self.carried and (group in offered.shared or to.year_level_id in self._levels(group))
        ]
        if not own:
            return offered
        beside = [self.former.groups[group] for group in own if group not in offered.shared]
        ahead = {group: offered.shared.get(group, 0) + 4 * (offered.mates + 1) for group in own}
        return Offered([*offered.groups, *beside], {**offered.shared, **ahead}, offered.mates)

    def _taken(self, own: list[CourseGroup], offered: Offered, place: int) -> Taken:
        strands = {_strand(group) for group in own}
        courses = {group.course_id for group in offered.groups if _strand(group) in strands}
        subjects = {group.course.subject_id for group in own}
        return Taken(courses, subjects, self.subjects_of_class(place) - subjects if own else frozenset())

    def _groups(self, pupil: int) -> list[CourseGroup]:
        return [self.former.groups[group] for group in self.former.follows.get(pupil, ())]

    def _offered(self, class_id: int) -> Offered:
        pupils = self.pupils_of.get(class_id, [])
        shared = Counter(
            group for pupil in pupils for group in self.former.follows.get(pupil, ()) if group in self.carried
        )
        groups = sorted((self.former.groups[key] for key in shared), key=_in_order)
        return Offered(groups, shared, len(pupils))

    def _usual(self, class_id: int) -> int:
        totals = sorted(
            sum(group.course.weekly_periods for group in self._groups(pupil) if group.pk in self.carried)
            for pupil in self.pupils_of.get(class_id, [])
        )
        return totals[len(totals) // 10] if totals else 0

    def _subjects_of_class(self, class_id: int) -> frozenset[int]:
        return frozenset(
            group.course.subject_id
            for pupil in self.pupils_of.get(class_id, [])
            for group in self._groups(pupil)
        )

    def _levels(self, group: int) -> frozenset[int]:
        return self._levels_by_group.get(group, frozenset())

    @cached_property
    def _levels_by_group(self) -> dict[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        for pupil, groups in self.former.follows.items():
            place = self.former.place_of.get(pupil)
            if place is None:
                continue
            for group in groups:
                found.setdefault(group, set()).add(self.former.classes[place].year_level_id)
        return {group: frozenset(levels) for group, levels in found.items()}


def _strand(group: CourseGroup) -> tuple[int, int, str]:
    """Return what one year of a course has in common with the next: subject, periods a week, language."""
    return group.course.subject_id, group.course.weekly_periods, group.course.language


def _in_order(group: CourseGroup) -> tuple[int, str]:
    return group.course.subject.rank, group.code


def _is_a_choice(group: CourseGroup, offered: Offered, taken: Taken) -> bool:
    """Say whether another group could as well be meant: fewer than three in four of the class are in it."""
    is_same = group.course_id in taken.courses
    rivals = [
        each
        for each in offered.groups
        if each.course.subject_id == group.course.subject_id and (each.course_id in taken.courses) == is_same
    ]
    chose = sum(offered.shared.get(each.pk, 0) for each in rivals)
    return len(rivals) > 1 and offered.shared.get(group.pk, 0) * 4 < chose * 3

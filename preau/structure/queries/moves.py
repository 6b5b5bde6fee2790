"""What becomes of a pupil's courses in another class, said before the move is made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q

from preau.kit import clock
from preau.people.models import Person
from preau.people.ties import FOR_EVER, DatedQuerySet
from preau.structure.models import ClassGroup, CourseGroup, Enrolment, GroupMembership

from .proposals import Offered, Taken, proposed
from .years import earlier_year


@dataclass(frozen=True)
class CoursePlan:
    """The courses of a pupil who comes to a class: what goes on, what ends, what begins."""

    pupil: Person
    class_group: ClassGroup
    on: date
    followed: list[GroupMembership]
    """All that the pupil follows from that day on, as things stand."""
    offered: list[CourseGroup]
    """What the pupils of the class follow, or followed a year ago, and this one does not."""
    leaves: list[GroupMembership]
    """What is proposed to end: nobody else of the class follows it."""
    joins: list[CourseGroup]
    """What is proposed to begin: the same course, the same subject, or what most of the class follow."""

    @property
    def is_settled(self) -> bool:
        return not (self.leaves or self.joins)

    @property
    def stays(self) -> list[GroupMembership]:
        return [tie for tie in self.followed if tie not in self.leaves]


def course_plan(pupil: Person, class_group: ClassGroup, *, on: date) -> CoursePlan:
    """Return what is proposed for the courses of a pupil who comes to a class. A fixed number of queries."""
    return _Proposal(pupil, class_group, on).plan()


def place_to_settle(pupil: Person) -> Enrolment | None:
    """
    Return where a pupil is today, else where they come next; nothing for one who left.

    Once a year is over the next one counts: in summer nobody settles the courses that ended.
    """
    ties: DatedQuerySet = pupil.enrolments.select_related("class_group__school_year", "pupil")
    places = list(ties.during(clock.today(), FOR_EVER).order_by("starts_on"))
    to_run = [tie for tie in places if tie.class_group.school_year.ends_on > clock.today()]
    return next(iter(to_run or places), None)


def place_to_come(pupil: Person) -> Enrolment | None:
    """Return the last class in which a pupil is or will be: in summer, that of the new year."""
    ties: DatedQuerySet = pupil.enrolments.select_related("class_group__school_year", "pupil")
    return ties.during(clock.today(), FOR_EVER).order_by("starts_on").last()


def plan_in_place(place: Enrolment) -> CoursePlan:
    """
    Return what is proposed for the courses of a pupil who is in a class already.

    From the first day in the class, when what ends began in another before it; else from today. Nothing is
    proposed where one course more or less is a choice (`unsettled_pupils`): then all can still be ticked.
    """
    day = max(place.starts_on, clock.today())
    plan = course_plan(place.pupil, place.class_group, on=day)
    if not place.has_begun:
        plan = _of_the_year_to_come(plan)
    if place.pupil_id not in unsettled_pupils(place.class_group.school_year_id, on=day):
        return replace(plan, on=day, leaves=[], joins=[])
    if all(tie.starts_on < place.starts_on for tie in plan.leaves):
        return replace(plan, on=place.starts_on)
    return plan


def _of_the_year_to_come(plan: CoursePlan) -> CoursePlan:
    """Leave out what is followed of another year: closing that year ends it."""
    year = plan.class_group.school_year_id
    return replace(
        plan,
        followed=[tie for tie in plan.followed if tie.group.school_year_id == year],
        leaves=[tie for tie in plan.leaves if tie.group.school_year_id == year],
    )


class _Proposal:
    def __init__(self, pupil: Person, class_group: ClassGroup, on: date) -> None:
        self.pupil, self.class_group, self.on = pupil, class_group, on
        mates = _pupils_in(class_group, on).exclude(pupil=pupil)
        self.mates = mates.values("pupil").distinct().count()
        self.shared = Counter(_groups_of(mates, class_group, on))
        ties: DatedQuerySet = pupil.memberships.select_related("group__course__subject")
        self.ties = list(ties.order_by("group__course__subject__rank", "group__code"))
        self.followed = [tie for tie in self.ties if tie.is_during(on, FOR_EVER)]
        if self.came_from and self.came_from.class_group_id == class_group.pk:
            own = [tie for tie in self.known if tie.group.school_year_id == class_group.school_year_id]
            self.shared.update(tie.group_id for tie in own)  # Who comes back finds their own groups again.

    def plan(self) -> CoursePlan:
        leaves = [tie for tie in self.followed if tie.group_id not in self.shared]
        kept = {tie.group_id for tie in self.followed} - {tie.group_id for tie in leaves}
        offered = [group for group in self.groups if group.pk not in kept]
        return CoursePlan(
            pupil=self.pupil,
            class_group=self.class_group,
            on=self.on,
            followed=self.followed,
            offered=[*offered, *self._of_the_class_before(offered, kept)],
            leaves=leaves,
            joins=proposed(Offered(offered, self.shared, self.mates), self._taken(kept)),
        )

    def _of_the_class_before(self, offered: list[CourseGroup], kept: set[int]) -> list[CourseGroup]:
        """
        Return what the class of that name followed a year ago, and nobody of this one does yet: in summer the
        options of a new class are still to be chosen. They are offered, never proposed.
        """
        earlier = earlier_year(self.class_group.school_year)
        if earlier is None:
            return []
        pupils = Enrolment.objects.filter(
            class_group__school_year=earlier, class_group__name=self.class_group.name
        )
        followed = GroupMembership.objects.filter(
            pupil__in=pupils.order_by().values("pupil"), group__school_year=earlier
        )
        known = {group.pk for group in offered} | kept
        found = CourseGroup.objects.filter(
            school_year=self.class_group.school_year_id, code__in=followed.order_by().values("group__code")
        )
        of_the_class = found.exclude(pk__in=known).select_related("course__subject")
        return list(of_the_class.order_by("course__subject__rank", "code"))

    def _taken(self, kept: set[int]) -> Taken:
        goes_on = {tie.group.course.subject_id for tie in self.followed if tie.group_id in kept}
        return Taken(self.courses, self.subjects, self.declined, goes_on)

    @cached_property
    def groups(self) -> list[CourseGroup]:
        found = CourseGroup.objects.filter(pk__in=self.shared).select_related("course__subject")
        return list(found.order_by("course__subject__rank", "code"))

    @cached_property
    def known(self) -> list[GroupMembership]:
        """What says which courses the pupil takes: those of today, else those that ended last."""
        if self.followed:
            return self.followed
        last = max((tie.ends_on for tie in self.ties if tie.ends_on), default=None)
        return [tie for tie in self.ties if tie.ends_on == last]

    @cached_property
    def courses(self) -> set[int]:
        return {tie.group.course_id for tie in self.known}

    @cached_property
    def subjects(self) -> set[int]:
        return {tie.group.course.subject_id for tie in self.known}

    @cached_property
    def came_from(self) -> Enrolment | None:
        """Where the pupil was before: in another class, or in this one until they left."""
        before = Q(ends_on__lte=self.on) | ~Q(class_group=self.class_group)
        ties = self.pupil.enrolments.filter(before, starts_on__lt=self.on)
        found: Enrolment | None = ties.select_related("class_group").order_by("starts_on").last()
        return found

    @cached_property
    def declined(self) -> set[int]:
        """What others of the former class take, and this pupil did not: a religion, an option."""
        tie = self.came_from
        if tie is None or not self.known:
            return set()
        day = min(tie.ends_on or self.on, self.on) - timedelta(days=1)
        groups = set(_groups_of(_pupils_in(tie.class_group, day), tie.class_group, day))
        taught = CourseGroup.objects.filter(pk__in=groups).order_by()
        return set(taught.values_list("course__subject", flat=True)) - self.subjects


def _pupils_in(class_group: ClassGroup, on: date) -> DatedQuerySet:
    ties: DatedQuerySet = Enrolment.objects.filter(class_group=class_group)
    return ties.in_force(on)


def _groups_of(enrolments: DatedQuerySet, class_group: ClassGroup, on: date) -> list[int]:
    """Return the groups that these pupils follow on a day, once for each of them."""
    ties = GroupMembership.objects.in_force(on).filter(
        pupil__in=enrolments.order_by().values("pupil"), group__school_year=class_group.school_year_id
    )
    return list(ties.order_by().values_list("group", flat=True))


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A pupil whose courses are not those of the class: what lacks, and what is of another class."""

    lacking: int
    foreign: int


COMMON = 3
"""Fewer pupils than these do not make a course one of the class."""
ENOUGH = 2
"""One course more or less is a choice of the pupil; two are a move half made."""


def unsettled_pupils(school_year: int | None, *, on: date) -> dict[int, Unsettled]:
    """
    Return the pupils of a year whose courses are not those of their class on a day. Two queries.

    Two courses at least are not right: one that three in four of the others follow, in a subject the pupil
    does not take at all; a group that most of another class follow, and of this class nobody else.
    """
    places = _places(school_year, on)
    rows = GroupMembership.objects.in_force(on).filter(group__school_year=school_year, pupil__in=places)
    follows: dict[int, dict[int, int]] = {pupil: {} for pupil in places}
    subject_of: dict[int, int] = {}
    for pupil, group, subject in rows.order_by().values_list("pupil", "group", "group__course__subject"):
        follows[pupil][group] = subject
        subject_of[group] = subject
    return _compared(places, follows, subject_of)


def _places(school_year: int | None, on: date) -> dict[int, int]:
    ties = Enrolment.objects.in_force(on).filter(class_group__school_year=school_year)
    return dict(ties.order_by("starts_on").values_list("pupil", "class_group"))


def _compared(
    places: dict[int, int], follows: dict[int, dict[int, int]], subject_of: dict[int, int]
) -> dict[int, Unsettled]:
    sizes = Counter(places.values())
    counts: dict[int, Counter[int]] = {class_id: Counter() for class_id in sizes}
    classes: dict[int, set[int]] = {group: set() for group in subject_of}
    for pupil, class_id in places.items():
        counts[class_id].update(follows[pupil].keys())
        for group in follows[pupil]:
            classes[group].add(class_id)
    found: dict[int, Unsettled] = {}
    for pupil, own in places.items():
        others = sizes[own] - 1
        taken = set(follows[pupil].values())
        lacking = {
            subject_of[group]
            for group, count in counts[own].items()
            if group not in follows[pupil]
            and count >= COMMON
            and count * 4 >= others * 3
            and subject_of[group] not in taken
        }
        foreign = [
            group
            for group in follows[pupil]
            if others
            and counts[own][group] == 1
            and any(counts[each][group] * 2 > sizes[each] for each in classes[group] - {own})
        ]
        if len(lacking) + len(foreign) >= ENOUGH:
            found[pupil] = Unsettled(len(lacking), len(foreign))
    return found

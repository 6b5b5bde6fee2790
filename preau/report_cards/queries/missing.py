"""What is still missing before the cards of a period can be made: class by class."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from preau.gradebook.models import Comment
from preau.gradebook.queries import GroupLine, course_groups_of
from preau.people.models import Person
from preau.structure.models import (
    ClassGroup,
    CourseGroup,
    Enrolment,
    GroupMembership,
    ReportPeriod,
    TeachingAssignment,
    Tutorship,
)
from preau.structure.queries import unsettled_pupils

from ..models import ReportCard, TutorWord
from .records import day_of


@dataclass(frozen=True, slots=True)
class ClassState:
    """How far a class is: what stands open, what has not been written yet."""

    period: ReportPeriod
    class_group: ClassGroup
    tutors: list[str]
    pupils: int
    gradebooks: int
    open_gradebooks: int
    missing_grades: int
    missing_comments: int
    missing_words: int
    cards: int
    """How many of its pupils have a card of the period already."""
    unsettled: int
    """How many pupils do not follow the courses of the class: their cards would lack some."""

    @property
    def is_ready(self) -> bool:
        return not (self.open_gradebooks or self.missing_grades)

    @property
    def is_closed(self) -> bool:
        """Say whether its results stand: its cards can be made, whatever other classes do."""
        return bool(self.pupils) and not self.open_gradebooks

    @property
    def is_complete(self) -> bool:
        return self.is_ready and not (self.missing_comments or self.missing_words)


@dataclass(frozen=True)
class Missing:
    """How far the school is. A group that draws from two classes is counted once in the sums."""

    classes: list[ClassState]
    groups: list[GroupLine]

    @cached_property
    def open_gradebooks(self) -> int:
        return sum(1 for line in self.groups if not line.is_closed)

    @cached_property
    def missing_grades(self) -> int:
        return sum(line.missing for line in self.groups)

    @cached_property
    def missing_comments(self) -> int:
        return sum(state.missing_comments for state in self.classes)

    @cached_property
    def missing_words(self) -> int:
        return sum(state.missing_words for state in self.classes)

    @cached_property
    def pupils(self) -> int:
        return sum(state.pupils for state in self.classes)

    @cached_property
    def unsettled(self) -> int:
        return sum(state.unsettled for state in self.classes)

    @cached_property
    def closed(self) -> list[ClassState]:
        """The classes whose cards can be made."""
        return [state for state in self.classes if state.is_closed]

    @cached_property
    def waiting(self) -> list[ClassState]:
        """The classes whose cards wait for a gradebook."""
        return [state for state in self.classes if state.pupils and state.open_gradebooks]

    @cached_property
    def to_come(self) -> list[ClassState]:
        """The classes that are closed and have no card yet."""
        return [state for state in self.closed if not state.cards]

    @property
    def is_nothing(self) -> bool:
        grades = self.open_gradebooks or self.missing_grades
        return not (grades or self.missing_comments or self.missing_words or self.unsettled)


def missing_before(period: ReportPeriod) -> Missing:
    """Return what is missing before the cards of a period can be made. A fixed number of queries."""
    groups = course_groups_of(CourseGroup.objects.filter(school_year=period.school_year_id), period)
    lines = {line.group.pk: line for line in groups}
    class_of = _class_of_each_pupil(period)
    pupils: defaultdict[int, set[int]] = defaultdict(set)
    for pupil_id, class_id in class_of.items():
        pupils[class_id].add(pupil_id)
    followed, silent = _courses_followed(period, class_of, lines)
    worded = set(TutorWord.objects.filter(period=period).exclude(text="").values_list("pupil_id", flat=True))
    tutors = _tutors(period)
    carded = set(ReportCard.objects.filter(period=period).values_list("pupil_id", flat=True))
    unsettled = unsettled_pupils(period.school_year_id, on=day_of(period)).keys()
    classes = ClassGroup.objects.filter(school_year=period.school_year_id).select_related("year_level")
    return Missing(
        [
            ClassState(
                period=period,
                class_group=class_group,
                tutors=tutors[class_group.pk],
                pupils=len(pupils[class_group.pk]),
                gradebooks=len(followed[class_group.pk]),
                open_gradebooks=sum(not lines[key].is_closed for key in followed[class_group.pk]),
                missing_grades=sum(lines[key].missing for key in followed[class_group.pk]),
                missing_comments=silent[class_group.pk],
                missing_words=len(pupils[class_group.pk] - worded),
                cards=len(pupils[class_group.pk] & carded),
                unsettled=len(pupils[class_group.pk] & unsettled),
            )
            for class_group in classes
        ],
        groups,
    )


def pupils_to_make(period: ReportPeriod, *, may_open: bool) -> list[int]:
    """
    Return the pupils whose cards can be made: those of the classes that are closed.

    :param may_open: False leaves out the classes without any card: once a period is published, the first
        cards of a class open at once
    """
    closed = {state.class_group.pk for state in missing_before(period).closed if may_open or state.cards}
    return [pupil for pupil, class_id in _class_of_each_pupil(period).items() if class_id in closed]


@dataclass(frozen=True)
class LateTeacher:
    """A teacher with gradebooks of the period that are still open."""

    period: ReportPeriod
    teacher: Person
    lines: list[GroupLine]

    @property
    def missing(self) -> int:
        return sum(line.missing for line in self.lines)


def late_teachers(period: ReportPeriod) -> list[LateTeacher]:
    """Return who still has gradebooks to close, those with most first. A fixed number of queries."""
    groups = CourseGroup.objects.filter(school_year=period.school_year_id)
    lines = {line.group.pk: line for line in course_groups_of(groups, period) if not line.is_closed}
    found: dict[int, LateTeacher] = {}
    assignments = TeachingAssignment.objects.in_force(day_of(period)).filter(
        group__in=groups.order_by().values("pk")
    )
    for tie in assignments.select_related("teacher").order_by("teacher__sort_name", "group__code"):
        if line := lines.get(tie.group_id):
            late = found.setdefault(tie.teacher_id, LateTeacher(period, tie.teacher, []))
            late.lines.append(line)
    return sorted(found.values(), key=lambda late: -len(late.lines))


def _class_of_each_pupil(period: ReportPeriod) -> dict[int, int]:
    enrolments = Enrolment.objects.in_force(day_of(period)).order_by("starts_on")
    here = enrolments.filter(class_group__school_year=period.school_year_id)
    return dict(here.values_list("pupil_id", "class_group_id"))


def _courses_followed(
    period: ReportPeriod, class_of: dict[int, int], lines: dict[int, GroupLine]
) -> tuple[defaultdict[int, set[int]], Counter[int]]:
    """Return, by class, the groups its pupils follow, and how many comments they wait for."""
    followed: defaultdict[int, set[int]] = defaultdict(set)
    silent: Counter[int] = Counter()
    commented = set(
        Comment.objects.filter(period=period).exclude(text="").values_list("pupil_id", "group_id")
    )
    members = GroupMembership.objects.in_force(day_of(period)).filter(
        group__in=CourseGroup.objects.filter(school_year=period.school_year_id).order_by().values("pk")
    )
    for pupil_id, group_id in members.values_list("pupil_id", "group_id"):
        if class_id := class_of.get(pupil_id):
            followed[class_id].add(group_id)
            if lines[group_id].assessments and (pupil_id, group_id) not in commented:
                silent[class_id] += 1
    return followed, silent


def _tutors(period: ReportPeriod) -> defaultdict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    in_charge = Tutorship.objects.in_force(day_of(period)).filter(
        class_group__school_year=period.school_year_id
    )
    for tutorship in in_charge.select_related("tutor").order_by("tutor__sort_name"):
        names[tutorship.class_group_id].append(tutorship.tutor.full_name)
    return names

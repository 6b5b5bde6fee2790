"""Classes, courses and groups as the screens show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from preau.kit import clock
from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.people.ties import DatedQuerySet, in_force
from preau.structure.models import (
    ClassGroup,
    Course,
    CourseGroup,
    Enrolment,
    GroupMembership,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
    YearLevel,
)

from .ties import with_size


@dataclass
class ClassLine:
    """A class of the list: how many pupils, who is in charge."""

    class_group: ClassGroup
    size: int
    tutors: list[Person] = field(default_factory=list)


def classes_of_year(classes: QuerySet[ClassGroup], year: SchoolYear | None) -> QuerySet[ClassGroup]:
    """Return those of the classes that are of a year, by year of study and name."""
    of_year = classes.filter(school_year=year).select_related("year_level")
    return of_year.order_by("year_level__rank", "name")


def classes_listed(classes: Iterable[ClassGroup], *, on: date | None = None) -> list[ClassLine]:
    """Return classes with their size and their tutors: two queries."""
    lines = {class_group.pk: ClassLine(class_group, 0) for class_group in classes}
    enrolled = Enrolment.objects.filter(in_force(on), class_group__in=lines).values("class_group")
    for row in enrolled.annotate(size=Count("pupil", distinct=True)).order_by():
        lines[row["class_group"]].size = row["size"]
    tutorships = Tutorship.objects.filter(in_force(on), class_group__in=lines).select_related("tutor")
    for tutorship in tutorships.order_by("tutor__sort_name"):
        lines[tutorship.class_group_id].tutors.append(tutorship.tutor)
    return list(lines.values())


def tutorships_of(class_group: ClassGroup, *, on: date | None = None) -> list[Tutorship]:
    """Return who is in charge of a class on a day, and who will be."""
    return _tutorships(class_group.pk, on or clock.today())


@asked_often
def _tutorships(class_group: int, on: date) -> QuerySet[Tutorship]:
    open_ties = Tutorship.objects.filter(class_group=class_group).exclude(
        Q(ends_on__isnull=False) & ~in_force(on)
    )
    return open_ties.select_related("tutor").order_by("starts_on", "pk")


@dataclass
class GroupLine:
    """A course group: how many members, who teaches it."""

    group: CourseGroup
    size: int
    teachers: list[TeachingAssignment] = field(default_factory=list)


def group_lines(groups: Iterable[CourseGroup], *, on: date | None = None) -> list[GroupLine]:
    """Return groups that know their size (`with_size`), each with its teachers on a day: two queries."""
    lines = {group.pk: GroupLine(group, vars(group)["size"]) for group in groups}
    teachers = TeachingAssignment.objects.filter(in_force(on), group__in=lines).select_related("teacher")
    for assignment in teachers.order_by("kind", "teacher__sort_name"):
        lines[assignment.group_id].teachers.append(assignment)
    return list(lines.values())


def groups_of_class(class_group: ClassGroup, *, on: date | None = None) -> QuerySet[CourseGroup]:
    """Return the groups that at least one pupil of the class follows on a day."""
    enrolled = Enrolment.objects.filter(in_force(on), class_group=class_group).values("pupil")
    followed = GroupMembership.objects.filter(in_force(on), pupil__in=enrolled).values("group")
    groups = CourseGroup.objects.filter(pk__in=followed, school_year=class_group.school_year_id)
    return with_size(groups, on=on)


def groups_found(
    year: SchoolYear | None, *, words: str = "", year_level: YearLevel | None = None
) -> QuerySet[CourseGroup]:
    """Return the groups of a year whose course, name or code holds what was typed."""
    groups = CourseGroup.objects.filter(school_year=year)
    if year_level:
        groups = groups.filter(course__year_level=year_level)
    for word in words.split():
        groups = groups.filter(Q(code__holds=word) | Q(name__holds=word) | Q(course__name__holds=word))
    return with_size(groups).order_by("course__year_level__rank", "course__subject__rank", "code", "pk")


def courses_found(
    *, words: str = "", year_level: YearLevel | None = None, year: SchoolYear | None = None
) -> QuerySet[Course]:
    """Return the courses whose name or code holds what was typed, with their groups of the year counted."""
    courses = Course.objects.select_related("subject", "year_level", "status").annotate(
        group_count=Count("groups", filter=Q(groups__school_year=year))
    )
    if year_level:
        courses = courses.filter(year_level=year_level)
    for word in words.split():
        courses = courses.filter(Q(code__holds=word) | Q(name__holds=word) | Q(form__iexact=word))
    return courses.order_by("year_level__rank", "subject__rank", "name", "-weekly_periods", "pk")


def forms_in_use() -> list[str]:
    """Return the forms of education that classes and courses of the school have. One query."""
    of_classes = ClassGroup.objects.exclude(form="").order_by().values_list("form", flat=True)
    of_courses = Course.objects.exclude(form="").order_by().values_list("form", flat=True)
    return sorted(of_classes.union(of_courses))


@dataclass
class Membership:
    """A pupil of a group, with the class of the day."""

    tie: GroupMembership
    class_name: str


def members_listed(ties: Iterable[GroupMembership]) -> list[Membership]:
    """Return pupils of a group with their class. One query."""
    shown = list(ties)
    classes = dict(
        Enrolment.objects.filter(in_force(), pupil__in=[tie.pupil_id for tie in shown])
        .order_by("starts_on")
        .values_list("pupil", "class_group__name")
    )
    return [Membership(tie, classes.get(tie.pupil_id, "")) for tie in shown]


def memberships_in(group: CourseGroup) -> DatedQuerySet:
    """Return all who follow or followed a group, by name."""
    return group.memberships.select_related("pupil").order_by("pupil__sort_name", "starts_on")


def teachers_listed(group: CourseGroup) -> list[TeachingAssignment]:
    """Return all who teach or taught a group, in the order of time."""
    return list(group.assignments.select_related("teacher", "group").order_by("starts_on", "pk"))

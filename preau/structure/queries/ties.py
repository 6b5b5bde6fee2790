"""Who belongs to which class and group, who teaches and tutors them: on a day, or during a span."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from django.db.models import Count, Q, QuerySet

from preau.kit import clock
from preau.kit.questions import asked_often
from preau.people.models import Duty, Person, PersonQuerySet
from preau.people.queries import GrownUp, grown_ups
from preau.people.relations import grown_up_wards_of
from preau.people.ties import DatedQuerySet, in_force
from preau.structure.models import (
    ClassGroup,
    CourseGroup,
    Enrolment,
    GroupMembership,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
)

from .years import current_year


class Span(Protocol):
    """What starts on a day and ends on another, excluded: a report period, a school year."""

    starts_on: date
    ends_on: date


def held(ties: DatedQuerySet, on: date | None, during: Span | None) -> DatedQuerySet:
    """Keep the ties that hold on a day, or at least one day of a span; today when neither is told."""
    return ties.during(during.starts_on, during.ends_on) if during else ties.in_force(on)


def members_of(group: CourseGroup, *, on: date | None = None, during: Span | None = None) -> PersonQuerySet:
    """Return the pupils of a course group, by name: today, on a day, or at any time during a period."""
    ties = held(GroupMembership.objects.filter(group=group), on, during)
    return Person.objects.filter(pk__in=ties.values("pupil")).by_name()


def pupils_of(
    class_group: ClassGroup, *, on: date | None = None, during: Span | None = None
) -> PersonQuerySet:
    """Return the pupils of a class, by name: today, on a day, or at any time during a period."""
    ties = held(Enrolment.objects.filter(class_group=class_group), on, during)
    return Person.objects.filter(pk__in=ties.values("pupil")).by_name()


@asked_often
def groups_named(keys: list[int]) -> QuerySet[CourseGroup]:
    """Return the course groups of these keys with their courses, in order."""
    return CourseGroup.objects.filter(pk__in=keys).select_related("course")


@asked_often
def groups_with_size(keys: list[int]) -> QuerySet[CourseGroup]:
    """Return the course groups of these keys with their courses and the number of members today, in order."""
    return with_size(CourseGroup.objects.filter(pk__in=keys))


def groups_followed_by(
    pupil: Person, *, on: date | None = None, during: Span | None = None
) -> QuerySet[CourseGroup]:
    """Return the course groups a pupil belongs to, each with its course."""
    ties = held(GroupMembership.objects.filter(pupil=pupil), on, during)
    return CourseGroup.objects.filter(pk__in=ties.values("group")).select_related(
        "course__subject", "course__status", "course__year_level", "school_year"
    )


def with_size(groups: QuerySet[CourseGroup], *, on: date | None = None) -> QuerySet[CourseGroup]:
    """Return the groups with their course and, as `size`, the number of members on a day."""
    size = Count("memberships", filter=in_force(on, prefix="memberships__"), distinct=True)
    return groups.select_related("course__subject", "course__status", "course__year_level").annotate(
        size=size
    )


def teachers_of(group: CourseGroup, *, on: date | None = None) -> PersonQuerySet:
    """Return who teaches a group on a day, replacements included."""
    ties = TeachingAssignment.objects.filter(group=group).in_force(on)
    return Person.objects.filter(pk__in=ties.values("teacher")).by_name()


def tutors_of(class_group: ClassGroup, *, on: date | None = None) -> PersonQuerySet:
    """Return who tutors a class on a day."""
    ties = Tutorship.objects.filter(class_group=class_group).in_force(on)
    return Person.objects.filter(pk__in=ties.values("tutor")).by_name()


def class_of(pupil: Person, *, on: date | None = None) -> ClassGroup | None:
    """Return the class in which a pupil is enrolled on a day (today unless told)."""
    return classes_by_pupil([pupil.pk], on=on).get(pupil.pk)


def classes_by_pupil(pupils: Iterable[int], *, on: date | None = None) -> dict[int, ClassGroup]:
    """Return the class of each of these pupils on a day, by the pupil's key. One query."""
    enrolments = _enrolments_of(list(pupils), on or clock.today())
    return {enrolment.pupil_id: enrolment.class_group for enrolment in enrolments}


@asked_often
def _enrolments_of(pupils: list[int], day: date) -> QuerySet[Enrolment]:
    """Return the enrolments of these pupils on a day with their classes, the latest last."""
    enrolments = Enrolment.objects.filter(in_force(day), pupil__in=pupils)
    classes = enrolments.select_related("class_group__year_level", "class_group__school_year")
    return classes.order_by("starts_on", "pk")


def enrolled_pupils(*, on: date | None = None, during: Span | None = None) -> PersonQuerySet:
    """Return all the pupils of the school, by name: today, on a day, or at any time during a span."""
    ties = held(Enrolment.objects.all(), on, during)
    return Person.objects.filter(pk__in=ties.values("pupil")).by_name()


def classes_in(year: SchoolYear | None) -> QuerySet[ClassGroup]:
    """Return the classes of a school year, by level and name."""
    return ClassGroup.objects.filter(school_year=year).select_related("year_level")


def classes_from(year: SchoolYear | None) -> QuerySet[ClassGroup]:
    """Return the classes of a school year and of those after it, the nearest year first."""
    found = (
        ClassGroup.objects.filter(school_year__starts_on__gte=year.starts_on) if year else classes_in(None)
    )
    return found.order_by("school_year__starts_on", "year_level__rank", "name")


def groups_in(year: SchoolYear | None) -> QuerySet[CourseGroup]:
    """Return the course groups of a school year, with their course."""
    return CourseGroup.objects.filter(school_year=year).select_related(
        "course__subject", "course__status", "course__year_level"
    )


def groups_from(year: SchoolYear | None) -> QuerySet[CourseGroup]:
    """Return the course groups of a school year and of those after it, the nearest year first."""
    if year is None:
        return groups_in(None)
    found = CourseGroup.objects.filter(school_year__starts_on__gte=year.starts_on)
    return found.select_related("school_year").order_by(
        "school_year__starts_on", *(CourseGroup._meta.ordering or ())
    )


def staff(*, on: date | None = None) -> PersonQuerySet:
    """Return those who teach, tutor or hold a duty on a day, by name."""
    teaching = TeachingAssignment.objects.filter(in_force(on)).values("teacher")
    tutoring = Tutorship.objects.filter(in_force(on)).values("tutor")
    duties = Duty.objects.filter(in_force(on)).values("person")
    return Person.objects.filter(Q(pk__in=teaching) | Q(pk__in=tutoring) | Q(pk__in=duties)).by_name()


def unplaced() -> PersonQuerySet:
    """Return those who are neither pupil, nor family, nor at work here today: colleagues to come, or gone."""
    outsiders = Person.objects.filter(wards=None, guardianships=None, enrolments=None)
    return outsiders.exclude(pk__in=staff().order_by().values("pk")).by_name()


def possible_staff() -> PersonQuerySet:
    """Return who may be given a class or a group: those who work here, and colleagues to come."""
    here, to_come = staff().order_by().values("pk"), unplaced().order_by().values("pk")
    return Person.objects.filter(Q(pk__in=here) | Q(pk__in=to_come)).by_name()


def grown_ups_of(guardian: Person, right: str | None = None) -> list[GrownUp]:
    """Return the pupils of this school year whom a guardian answers for, and who keep their parents out."""
    keys = grown_up_wards_of(guardian, right)
    if not keys:
        return []
    places = Enrolment.objects.filter(pupil__in=keys, class_group__school_year=current_year())
    return grown_ups(places.values_list("pupil", flat=True).distinct())

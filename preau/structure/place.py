"""Where a person stands in the school today: enrolled, teaching, tutoring, answering for a pupil."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from preau.kit import clock
from preau.kit.questions import asked_often
from preau.people.models import Person, Relationship
from preau.people.ties import in_force

from .models import Enrolment, GroupMembership, TeachingAssignment, Tutorship


class Place:
    """What ties a person to the school today. One query, one more for each kind of keys; then none."""

    is_a_pupil: bool
    is_a_teacher: bool
    is_a_tutor: bool
    has_taught: bool

    def __init__(self, person: Person) -> None:
        self.person = person
        found = _ties_of(person.pk, _not_read_since())
        self.is_a_pupil, self.is_a_teacher, self.is_a_tutor, self.has_taught, is_a_guardian = (
            found[0] if found else [False] * 5
        )
        person.__dict__.setdefault("is_a_guardian", is_a_guardian)
        if not is_a_guardian:
            person.recall("ties", list)

    @cached_property
    def groups(self) -> list[int]:
        """The keys of the course groups the person teaches today."""
        return _groups_taught(self.person.pk) if self.is_a_teacher else []

    @cached_property
    def taught(self) -> list[int]:
        """The keys of the assignments that are over, and under which the person still reads what was done."""
        return _assignments_over(self.person.pk, _not_read_since()) if self.has_taught else []

    @cached_property
    def classes(self) -> list[int]:
        """The keys of the classes the person tutors today."""
        return _classes_tutored(self.person.pk) if self.is_a_tutor else []

    @cached_property
    def classes_taught(self) -> list[int]:
        """The keys of the classes where a pupil follows today what the person teaches today."""
        return _classes_taught(self.person.pk) if self.is_a_teacher else []

    @cached_property
    def classes_followed(self) -> list[int]:
        """The keys of the classes, one as a rule, where the person is enrolled today."""
        return _classes_followed(self.person.pk) if self.is_a_pupil else []


def place_of(person: Person) -> Place:
    """Return where a person stands today, remembered on the person for the rest of the request."""
    return person.recall("place", lambda: Place(person))


@asked_often
def _ties_of(person: int, not_read_since: date) -> QuerySet:
    holds, over = in_force(), _over(not_read_since)
    return Person.objects.filter(pk=person).values_list(
        Exists(Enrolment.objects.filter(holds, pupil=OuterRef("pk"))),
        Exists(TeachingAssignment.objects.filter(holds, teacher=OuterRef("pk"))),
        Exists(Tutorship.objects.filter(holds, tutor=OuterRef("pk"))),
        Exists(over.filter(teacher=OuterRef("pk"))),
        Exists(Relationship.objects.filter(holds, guardian=OuterRef("pk"))),
    )


@asked_often
def _groups_taught(teacher: int) -> QuerySet:
    ties = TeachingAssignment.objects.filter(in_force(), teacher=teacher)
    return ties.values_list("group", flat=True).distinct()


@asked_often
def _assignments_over(teacher: int, not_read_since: date) -> QuerySet:
    return _over(not_read_since).filter(teacher=teacher).values_list("pk", flat=True)


def _over(not_read_since: date) -> QuerySet[TeachingAssignment]:
    """Return the assignments that ended after a day, and have ended."""
    return TeachingAssignment.objects.filter(ends_on__gt=not_read_since, ends_on__lte=clock.today())


def _not_read_since() -> date:
    """Return the day on which, or before, an assignment ended of which its teacher reads nothing any more."""
    return clock.today() - timedelta(days=settings.FORMER_TEACHERS_READ_DAYS)


@asked_often
def _classes_tutored(tutor: int) -> QuerySet:
    ties = Tutorship.objects.filter(in_force(), tutor=tutor)
    return ties.values_list("class_group", flat=True).distinct()


@asked_often
def _classes_taught(teacher: int) -> QuerySet:
    groups = TeachingAssignment.objects.filter(in_force(), teacher=teacher).values("group")
    pupils = GroupMembership.objects.filter(in_force(), group__in=groups).values("pupil")
    ties = Enrolment.objects.filter(in_force(), pupil__in=pupils)
    return ties.values_list("class_group", flat=True).distinct()


@asked_often
def _classes_followed(pupil: int) -> QuerySet:
    ties = Enrolment.objects.filter(in_force(), pupil=pupil)
    return ties.values_list("class_group", flat=True).distinct()

"""Where a person stands in the school today: enrolled, teaching, tutoring, answering for a pupil."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from preau.kit.questions import asked_often
from preau.people.models import Person, Relationship
from preau.people.ties import in_force

from .models import Enrolment, GroupMembership, TeachingAssignment, Tutorship


class Place:
    """What ties a person to the school today. One query, one more for each kind of keys; then none."""

    is_a_pupil: bool
    is_a_teacher: bool
    is_a_tutor: bool

    def __init__(self, person: Person) -> None:
        self.person = person
        found = _ties_of(person.pk)
        self.is_a_pupil, self.is_a_teacher, self.is_a_tutor, is_a_guardian = (
            found[0] if found else [False] * 4
        )
        person.__dict__.setdefault("is_a_guardian", is_a_guardian)
        if not is_a_guardian:
            person.recall("ties", list)

    @cached_property
    def groups(self) -> list[int]:
        """The keys of the course groups the person teaches today."""
        return _groups_taught(self.person.pk) if self.is_a_teacher else []

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
def _ties_of(person: int) -> QuerySet:
    holds = in_force()
    return Person.objects.filter(pk=person).values_list(
        Exists(Enrolment.objects.filter(holds, pupil=OuterRef("pk"))),
        Exists(TeachingAssignment.objects.filter(holds, teacher=OuterRef("pk"))),
        Exists(Tutorship.objects.filter(holds, tutor=OuterRef("pk"))),
        Exists(Relationship.objects.filter(holds, guardian=OuterRef("pk"))),
    )


@asked_often
def _groups_taught(teacher: int) -> QuerySet:
    ties = TeachingAssignment.objects.filter(in_force(), teacher=teacher)
    return ties.values_list("group", flat=True).distinct()


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

"""Ties between a person and the classes: who teaches what, who tutors whom, who looks after which classes."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from preau.kit.access import Rule, Standing, rule, standing
from preau.people.models import Duty, Person, in_force

from .models import (
    ClassGroup,
    Enrolment,
    GroupMembership,
    TeachingAssignment,
    Tutorship,
    place_of,
)


def groups_of(teacher: Person) -> Any:
    """Return the keys of the course groups a person teaches today, as a subquery."""
    return TeachingAssignment.objects.filter(in_force(), teacher=teacher).values("group")


def classes_of(tutor: Person) -> Any:
    """Return the keys of the classes a person tutors today, as a subquery."""
    return Tutorship.objects.filter(in_force(), tutor=tutor).values("class_group")


def teaches(group: str) -> Rule:
    """Teach today the course group that this path leads to."""
    return rule(_("teaches the course"), lambda person: Q(**{f"{group}__in": groups_of(person)}))


def teaches_pupil(pupil: str) -> Rule:
    """Teach today a course that the pupil at this path follows today."""

    def condition(person: Person) -> Q:
        members = GroupMembership.objects.filter(in_force(), group__in=groups_of(person))
        return Q(**{f"{pupil}__in": members.values("pupil")})

    return rule(_("teaches the pupil"), condition)


def tutors(pupil: str) -> Rule:
    """Tutor today the class in which the pupil at this path is enrolled today."""

    def condition(person: Person) -> Q:
        enrolled = Enrolment.objects.filter(in_force(), class_group__in=classes_of(person))
        return Q(**{f"{pupil}__in": enrolled.values("pupil")})

    return rule(_("tutors the pupil"), condition)


def tutors_class(class_group: str) -> Rule:
    """Tutor today the class that this path leads to."""
    return rule(_("tutors the class"), lambda person: Q(**{f"{class_group}__in": classes_of(person)}))


def looks_after_class(class_group: str, *kinds: Duty.Kind) -> Rule:
    """Hold one of these duties for the whole school, for the year level or for the class at this path."""

    def condition(person: Person) -> Q:
        duties = Duty.objects.filter(in_force(), person=person, kind__in=kinds)
        whole_school = Q(**{f"{class_group}__in": _all_if(duties.filter(scopes=None))})
        of_class = Q(**{f"{class_group}__in": duties.values("scopes__class_group")})
        of_level = Q(**{f"{class_group}__year_level__in": duties.values("scopes__year_level")})
        return whole_school | of_class | of_level

    return rule(_duty_words(kinds, _("for the class")), condition)


def looks_after(pupil: str, *kinds: Duty.Kind) -> Rule:
    """Hold one of these duties for the whole school or for the class in which the pupil is enrolled today."""
    over_class = looks_after_class("class_group", *kinds)

    def condition(person: Person) -> Q:
        enrolled = Enrolment.objects.filter(in_force()).filter(over_class.condition(person))
        return Q(**{f"{pupil}__in": enrolled.values("pupil")})

    return rule(_duty_words(kinds, _("for the pupil")), condition)


def _duty_words(kinds: tuple[Duty.Kind, ...], whom: Any) -> Any:
    names = format_lazy("{}" + " / {}" * (len(kinds) - 1), *(kind.label for kind in kinds))
    return format_lazy("{} {} {}", _("holds the duty of"), names, whom)


def _all_if(unscoped_duties: Any) -> Any:
    """Return every class when the duty is held for the whole school, as a subquery; none otherwise."""
    return ClassGroup.objects.filter(Exists(unscoped_duties)).values("pk")


is_a_pupil: Standing = standing(_("is a pupil"), lambda person: place_of(person).is_a_pupil)
is_a_teacher: Standing = standing(_("teaches a course"), lambda person: place_of(person).is_a_teacher)
is_a_tutor: Standing = standing(_("tutors a class"), lambda person: place_of(person).is_a_tutor)

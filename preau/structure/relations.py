"""Ties between a person and the classes: who teaches what, who tutors whom, who looks after which classes."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from preau.kit.access import NOBODY, Rule, Standing, one_of, rule, standing
from preau.kit.clauses import Clause
from preau.people.models import Duty, Person, Relationship
from preau.people.relations import names_of_duties
from preau.people.ties import in_force

from .models import (
    ClassGroup,
    Enrolment,
    GroupMembership,
    TeachingAssignment,
)
from .place import place_of


def groups_of(teacher: Person) -> list[int]:
    """Return the keys of the course groups a person teaches today. One query, then none."""
    return place_of(teacher).groups


def classes_of(tutor: Person) -> list[int]:
    """Return the keys of the classes a person tutors today. One query, then none."""
    return place_of(tutor).classes


def teaches(group: str) -> Rule:
    """Teach today the course group that this path leads to."""
    return rule(
        Clause(_("teaches the course"), _("the teachers of the course")),
        lambda person: one_of(group, groups_of(person)),
    )


def taught(group: str) -> Rule:
    """
    Have taught the course group that this path leads to, not longer ago than the school lets one read on.

    How long that is, the school decides (`FORMER_TEACHERS_READ_DAYS`). It is for reading: who keeps and who
    writes is asked of `teaches`.
    """
    return rule(
        Clause(_("taught the course lately"), _("those who taught the course lately")),
        lambda person: _assigned(person, group=OuterRef(group)),
    )


def taught_on(group: str, day: str) -> Rule:
    """Have taught (`taught`) the course group at one path on the day at the other."""

    def condition(person: Person) -> Q:
        during = {"starts_on__lte": OuterRef(day), "ends_on__gt": OuterRef(day)}
        return _assigned(person, group=OuterRef(group), **during)

    return rule(
        Clause(_("taught the course on that day"), _("those who taught the course on that day")), condition
    )


def taught_there(group: str, pupil: str) -> Rule:
    """Have taught (`taught`) the course group at one path while the pupil at the other followed it."""

    def condition(person: Person) -> Q:
        together = Q(group__memberships__ends_on=None) | Q(group__memberships__ends_on__gt=F("starts_on"))
        return _assigned(
            person,
            together,
            group=OuterRef(group),
            group__memberships__pupil=OuterRef(pupil),
            group__memberships__starts_on__lt=F("ends_on"),
        )

    return rule(_("while the pupil followed it"), condition)


def _assigned(person: Person, *conditions: Q, **facts: Any) -> Q:
    """Return the condition that an assignment of the person that is over meets all this."""
    over = place_of(person).taught
    if not over:
        return NOBODY
    return Q(Exists(TeachingAssignment.objects.filter(*conditions, pk__in=over, **facts)))


def teaches_pupil(pupil: str) -> Rule:
    """Teach today a course that the pupil at this path follows today."""

    def condition(person: Person) -> Q:
        groups = groups_of(person)
        if not groups:
            return NOBODY
        members = GroupMembership.objects.filter(in_force(), group__in=groups)
        return Q(**{f"{pupil}__in": members.values("pupil")})

    return rule(Clause(_("teaches the pupil"), _("the pupil's teachers")), condition)


def teaches_in_class(class_group: str) -> Rule:
    """Teach today a course followed by a pupil who is enrolled today in the class that this path leads to."""
    words = Clause(_("teaches in the class"), _("the teachers of the class"))
    return rule(words, lambda person: one_of(class_group, place_of(person).classes_taught))


def is_enrolled_in(class_group: str) -> Rule:
    """Be enrolled today in the class that this path leads to."""
    words = Clause(_("is a pupil of the class"), _("the pupils of the class"), is_at_home=True)
    return rule(words, lambda person: one_of(class_group, place_of(person).classes_followed))


def belongs_to_group(group: str) -> Rule:
    """Follow today the course group that this path leads to."""

    def condition(person: Person) -> Q:
        if not place_of(person).is_a_pupil:
            return NOBODY
        return Q(
            **{f"{group}__in": GroupMembership.objects.filter(in_force(), pupil=person.pk).values("group")}
        )

    return rule(Clause(_("follows the course"), _("the pupils of the course"), is_at_home=True), condition)


def shares_a_class(pupil: str) -> Rule:
    """Be enrolled today in the class of the pupil at this path, or follow a course with them."""

    def condition(person: Person) -> Q:
        if not place_of(person).is_a_pupil:
            return NOBODY
        classes = Enrolment.objects.filter(in_force(), pupil=person.pk).values("class_group")
        groups = GroupMembership.objects.filter(in_force(), pupil=person.pk).values("group")
        mates = Enrolment.objects.filter(in_force(), class_group__in=classes).values("pupil")
        fellows = GroupMembership.objects.filter(in_force(), group__in=groups).values("pupil")
        return Q(**{f"{pupil}__in": mates}) | Q(**{f"{pupil}__in": fellows})

    return rule(
        Clause(_("is in the same class or course"), _("pupils of the same class or course"), is_at_home=True),
        condition,
    )


def is_guardian_for(whom: Rule) -> Rule[Person]:
    """
    Reach the adults who answer today for a pupil that another rule reaches.

    :param whom: a rule over relationships, such as `tutors("pupil")`
    """

    def condition(person: Person) -> Q:
        ties = Relationship.objects.filter(in_force()).filter(whom.condition(person))
        return Q(pk__in=ties.values("guardian"))

    suffix = Clause(_("– of the pupil's guardian"), "")
    return Rule(tuple((*part, suffix) for part in whom.parts), condition, Person)


def tutors(pupil: str) -> Rule:
    """Tutor today the class in which the pupil at this path is enrolled today."""

    def condition(person: Person) -> Q:
        classes = classes_of(person)
        if not classes:
            return NOBODY
        enrolled = Enrolment.objects.filter(in_force(), class_group__in=classes)
        return Q(**{f"{pupil}__in": enrolled.values("pupil")})

    return rule(Clause(_("tutors the pupil"), _("the pupil's tutor")), condition)


def tutors_class(class_group: str) -> Rule:
    """Tutor today the class that this path leads to."""
    return rule(
        Clause(_("tutors the class"), _("the tutor of the class")),
        lambda person: one_of(class_group, classes_of(person)),
    )


def looks_after_class(class_group: str, *kinds: Duty.Kind) -> Rule:
    """Hold one of these duties for the whole school, for the year level or for the class at this path."""

    def condition(person: Person) -> Q:
        if not person.holds(*kinds):
            return NOBODY
        duties = Duty.objects.filter(in_force(), person=person.pk, kind__in=kinds)
        whole_school = Q(**{f"{class_group}__in": _all_if(duties.filter(scopes=None))})
        of_class = Q(**{f"{class_group}__in": duties.values("scopes__class_group")})
        levels = ClassGroup.objects.filter(year_level__in=duties.values("scopes__year_level"))
        of_level = Q(**{f"{class_group}__in": levels.values("pk")})
        return whole_school | of_class | of_level

    return rule(_duty_clause(kinds, _("for the class"), _("for the classes they look after")), condition)


def looks_after(pupil: str, *kinds: Duty.Kind) -> Rule:
    """Hold one of these duties for the whole school or for the class in which the pupil is enrolled today."""
    over_class = looks_after_class("class_group", *kinds)

    def condition(person: Person) -> Q:
        if not person.holds(*kinds):
            return NOBODY
        enrolled = Enrolment.objects.filter(in_force()).filter(over_class.condition(person))
        return Q(**{f"{pupil}__in": enrolled.values("pupil")})

    return rule(_duty_clause(kinds, _("for the pupil"), _("for the pupils they look after")), condition)


def _duty_clause(kinds: tuple[Duty.Kind, ...], whom: Any, whose: Any) -> Clause:
    names = format_lazy("{}" + " / {}" * (len(kinds) - 1), *(kind.label for kind in kinds))
    does = format_lazy("{} {} {}", _("holds the duty of"), names, whom)
    return Clause(does, format_lazy("{} {}", names_of_duties(kinds), whose))


def _all_if(unscoped_duties: Any) -> Any:
    """Return every class when the duty is held for the whole school, as a subquery; none otherwise."""
    return ClassGroup.objects.filter(Exists(unscoped_duties)).values("pk")


is_a_pupil: Standing = standing(
    Clause(_("is a pupil"), _("pupils"), is_at_home=True), lambda person: place_of(person).is_a_pupil
)
is_a_teacher: Standing = standing(
    Clause(_("teaches a course"), _("those who teach a course")), lambda person: place_of(person).is_a_teacher
)
has_taught: Standing = standing(
    Clause(_("taught a course lately"), _("those who taught a course lately")),
    lambda person: place_of(person).has_taught,
)
is_a_tutor: Standing = standing(
    Clause(_("tutors a class"), _("those who tutor a class")), lambda person: place_of(person).is_a_tutor
)

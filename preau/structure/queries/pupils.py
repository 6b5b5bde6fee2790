"""The lists of the secretariat: pupils with their class and guardians, staff with what they do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from preau.kit import clock
from preau.kit.questions import asked_often
from preau.people.models import Duty, Person, PersonQuerySet, Relationship
from preau.people.ties import in_force
from preau.structure.models import (
    ClassGroup,
    Enrolment,
    GroupMembership,
    TeachingAssignment,
    Tutorship,
    YearLevel,
)

from .ties import classes_by_pupil, staff, unplaced
from .years import day_in


class Status(models.TextChoices):
    """Where somebody stands among the pupils of the school, on a day."""

    HERE = "here", _("here now")
    TO_COME = "to_come", _("to come")
    LEFT = "left", pgettext_lazy("pupils", "gone")
    NOWHERE = "nowhere", _("in no class yet")


@dataclass
class PupilLine:
    """A pupil with the class of the day and those who answer for them."""

    pupil: Person
    class_group: ClassGroup | None
    guardianships: list[Relationship] = field(default_factory=list)

    @property
    def has_reachable_guardian(self) -> bool:
        return any(tie.guardian.email for tie in self.guardianships)


def pupils_found(
    *,
    words: str = "",
    class_group: ClassGroup | None = None,
    year_level: YearLevel | None = None,
    status: str = Status.HERE,
    on: date | None = None,
) -> PersonQuerySet:
    """
    Return the pupils of a status that the secretariat looks for, by name: today unless told, those of a class
    to come on its first day.
    """
    ties = Enrolment.objects.all()
    if class_group:
        ties = ties.filter(class_group=class_group)
    if year_level:
        ties = ties.filter(class_group__year_level=year_level)
    day = on or (day_in(class_group.school_year) if class_group else clock.today())
    found = Person.objects.named(words).filter(_standing(status, ties, day))
    return found.by_name()


def by_class(*, on: date | None = None) -> list[Subquery]:
    """Return what sorts persons by the class they are in on a day: its year, its name."""
    own = Enrolment.objects.filter(in_force(on), pupil=OuterRef("pk")).order_by("-starts_on")
    return [
        Subquery(own.values("class_group__year_level__rank")[:1]),
        Subquery(own.values("class_group__name")[:1]),
    ]


def _standing(status: str, ties: QuerySet[Enrolment], day: date) -> models.Q:
    pupils = "pupil"
    here = Enrolment.objects.filter(in_force(day)).values(pupils)
    later = Enrolment.objects.filter(starts_on__gt=day).values(pupils)
    if status == Status.TO_COME:
        return models.Q(pk__in=ties.filter(starts_on__gt=day).values(pupils)) & ~models.Q(pk__in=here)
    if status == Status.LEFT:
        past = models.Q(pk__in=ties.filter(ends_on__lte=day).values(pupils))
        return past & ~models.Q(pk__in=here) & ~models.Q(pk__in=later)
    if status == Status.NOWHERE:
        answered_for = Relationship.objects.values(pupils)
        return models.Q(pk__in=answered_for) & ~models.Q(pk__in=Enrolment.objects.values(pupils))
    return models.Q(pk__in=ties.filter(in_force(day)).values(pupils))


def families_of(*statuses: str, on: date | None = None) -> models.Q:
    """Return the condition of an adult who answers today for a pupil of one of these statuses."""
    day, pupils = on or clock.today(), models.Q()
    for status in statuses:
        pupils |= _standing(status, Enrolment.objects.all(), day)
    ties = Relationship.objects.filter(in_force(day), pupil__in=Person.objects.filter(pupils).values("pk"))
    return models.Q(pk__in=ties.values("guardian"))


def families_only_of(status: str, *, on: date | None = None) -> models.Q:
    """Return the condition of an adult who answers for such a pupil, and for none who is here or to come."""
    return families_of(status, on=on) & ~families_of(Status.HERE, Status.TO_COME, on=on)


def without_any_tie() -> models.Q:
    """Return the condition of a person who is no pupil, works not here and answers for nobody today."""
    answering = Relationship.objects.filter(in_force()).values("guardian")
    outsiders = Person.objects.filter(guardianships=None, enrolments=None).exclude(pk__in=answering)
    return models.Q(pk__in=outsiders.exclude(pk__in=staff().order_by().values("pk")).values("pk"))


def pupil_lines(pupils: Iterable[Person], *, on: date | None = None) -> list[PupilLine]:
    """Return these pupils with their class and guardians: two queries, however many they are."""
    shown = list(pupils)
    keys = [pupil.pk for pupil in shown]
    classes = classes_by_pupil(keys, on=on)
    missing = [key for key in keys if key not in classes]
    if missing:
        classes = _nearest_classes(missing) | classes
    guardians = guardianships_by_pupil(keys, on=on)
    return [PupilLine(pupil, classes.get(pupil.pk), guardians.get(pupil.pk, [])) for pupil in shown]


def classmate_lines(pupils: Iterable[Person]) -> list[PupilLine]:
    """Return pupils of one class with their guardians: one query."""
    shown = list(pupils)
    guardians = guardianships_by_pupil([pupil.pk for pupil in shown])
    return [PupilLine(pupil, None, guardians.get(pupil.pk, [])) for pupil in shown]


def _nearest_classes(pupils: Sequence[int]) -> dict[int, ClassGroup]:
    """Return the class that pupils who are in none today left last, or will join."""
    ties = Enrolment.objects.filter(pupil__in=pupils).select_related("class_group__year_level")
    return {tie.pupil_id: tie.class_group for tie in ties.order_by("starts_on")}


def guardianships_by_pupil(pupils: Iterable[int], *, on: date | None = None) -> dict[int, list[Relationship]]:
    """Return who answers for each of these pupils on a day, legal responsibles first. One query."""
    found = defaultdict(list)
    for tie in _guardianships(list(pupils), on or clock.today()):
        found[tie.pupil_id].append(tie)
    return dict(found)


@asked_often
def _guardianships(pupils: list[int], on: date) -> QuerySet[Relationship]:
    ties = Relationship.objects.filter(in_force(on), pupil__in=pupils).select_related("guardian")
    return ties.order_by("-is_legal_responsible", "guardian__sort_name", "pk")


def staff_found(*, words: str = "", does: str = "", on: date | None = None) -> PersonQuerySet:
    """Return those who work in the school, by name; `does` is a duty, TEACHER, TUTOR or NOTHING."""
    found = (unplaced() if does == "NOTHING" else staff(on=on)).named(words)
    if does == "TEACHER":
        return found.filter(pk__in=TeachingAssignment.objects.filter(in_force(on)).values("teacher"))
    if does == "TUTOR":
        return found.filter(pk__in=Tutorship.objects.filter(in_force(on)).values("tutor"))
    if does and does != "NOTHING":
        return found.filter(pk__in=Duty.objects.filter(in_force(on), kind=does).values("person"))
    return found


@dataclass
class StaffLine:
    """Somebody who works in the school: duties with their scope, classes tutored, groups taught."""

    person: Person
    duties: list[Duty] = field(default_factory=list)
    tutored: list[ClassGroup] = field(default_factory=list)
    group_count: int = 0


def staff_lines(people: Iterable[Person], *, on: date | None = None) -> list[StaffLine]:
    """Return what each of these persons does in the school on a day: four queries."""
    lines = {person.pk: StaffLine(person) for person in people}
    duties = Duty.objects.filter(in_force(on), person__in=lines)
    for duty in duties.prefetch_related("scopes__year_level", "scopes__class_group").order_by("kind"):
        lines[duty.person_id].duties.append(duty)
    tutorships = Tutorship.objects.filter(in_force(on), tutor__in=lines).select_related("class_group")
    for tutorship in tutorships.order_by("class_group__name"):
        lines[tutorship.tutor_id].tutored.append(tutorship.class_group)
    taught = TeachingAssignment.objects.filter(in_force(on), teacher__in=lines)
    for row in taught.values("teacher").annotate(count=models.Count("group", distinct=True)).order_by():
        lines[row["teacher"]].group_count = row["count"]
    return list(lines.values())


def enrolments_of(pupil: Person) -> list[Enrolment]:
    """Return the classes a pupil has been in, the latest first."""
    ties = pupil.enrolments.select_related("class_group__school_year", "class_group__year_level")
    return list(ties.order_by("-starts_on", "-pk"))


def memberships_of(pupil: Person) -> list[GroupMembership]:
    """Return the course groups a pupil has followed, those of today first."""
    ties = pupil.memberships.select_related("group__course__subject", "group__school_year")
    return list(ties.order_by("-group__school_year__starts_on", "group__course__subject__rank", "-starts_on"))


def assignments_of(teacher: Person) -> list[TeachingAssignment]:
    """Return the course groups a person has taught, the latest first."""
    ties = teacher.assignments.select_related("group__course__subject", "group__school_year")
    return list(ties.order_by("-group__school_year__starts_on", "group__code", "-starts_on"))


def duties_of(person: Person) -> list[Duty]:
    """Return the duties of a person with their scope, those of today first."""
    duties = person.duties.prefetch_related("scopes__year_level", "scopes__class_group")
    return list(duties.order_by(models.F("ends_on").desc(nulls_first=True), "-starts_on", "pk"))

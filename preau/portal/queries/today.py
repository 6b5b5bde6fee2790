"""What Today shows: whom a person looks after, what they teach and tutor, how the school stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from preau.kit import modules, slots
from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.people.queries import GrownUp
from preau.people.relations import answers_for
from preau.people.ties import in_force
from preau.structure.models import ClassGroup, CourseGroup, ReportPeriod
from preau.structure.place import place_of
from preau.structure.queries import (
    classes_by_pupil,
    current_period,
    current_year,
    groups_with_size,
    grown_ups_of,
    periods_of,
    pupils_of,
)

from ..rules import reads_school_figures
from .school import SchoolState, school_state

NOON, EVENING = 12, 18
NIGHT_ENDS = 4
MOST_CHILDREN = 12


@dataclass(frozen=True)
class Child:
    """A pupil on Today: one's child or oneself, the class, and what the modules have to say."""

    person: Person
    class_group: ClassGroup | None
    pieces: list[str]


@dataclass(frozen=True)
class TutoredClass:
    """A class one tutors, with its pupils."""

    class_group: ClassGroup
    pupils: list[Person]


@dataclass(frozen=True)
class Today:
    """All that one person finds on arriving."""

    greeting: str
    families: list[Person]
    children: list[Child]
    own: Child | None
    grown_ups: list[GrownUp]
    cards: list[str]
    groups: list[CourseGroup]
    classes: list[TutoredClass]
    state: SchoolState | None
    period: ReportPeriod | None
    periods: list[ReportPeriod]

    @property
    def is_a_stranger(self) -> bool:
        """Say whether the school has not tied the person to anything yet."""
        is_known = self.families or self.grown_ups or self.own or self.groups or self.classes
        return not (is_known or self.cards or self.state)

    @property
    def has_aside(self) -> bool:
        """Say whether something stands beside: a class, what the structure lacks."""
        return bool(self.classes or (self.state and self.state.gaps))

    @property
    def works_here(self) -> bool:
        return bool(self.groups or self.classes or self.state)

    @property
    def last_day(self) -> date | None:
        """Return the last day of the report period in course."""
        return self.period.ends_on - timedelta(days=1) if self.period else None

    @property
    def is_quiet(self) -> bool:
        """Say whether nothing at all waits for somebody who works here."""
        return not (self.children or self.grown_ups or self.own or self.cards or self.state)


def greeting(person: Person, moment: datetime) -> str:
    """Greet somebody as one does at that hour."""
    if NIGHT_ENDS <= moment.hour < NOON:
        return _("Good morning, %(name)s") % {"name": person.called}
    if NOON <= moment.hour < EVENING:
        return _("Good afternoon, %(name)s") % {"name": person.called}
    return _("Good evening, %(name)s") % {"name": person.called}


def today_of(request: Any, moment: datetime) -> Today:
    """Gather Today for whoever asks; `?child=` keeps one child of several."""
    person = request.person
    place = place_of(person)
    families = _children_of(person) if person.is_a_guardian else []
    chosen = [child for child in families if str(child.pk) == request.GET.get("child")] or families
    own = [person] if place.is_a_pupil else []
    blocks = _with_pieces(request, [*chosen, *own])
    return Today(
        greeting=greeting(person, moment),
        families=families,
        children=blocks[: len(chosen)],
        own=blocks[-1] if own else None,
        grown_ups=grown_ups_of(person) if person.is_a_guardian else [],
        cards=[
            card for module in modules.open_to(person) for draw in module.cards if (card := draw(request))
        ],
        groups=groups_with_size(place.groups),
        classes=_classes_tutored_by(person) if place.is_a_tutor else [],
        state=school_state(person) if reads_school_figures.admits(person) else None,
        period=current_period(),
        periods=periods_of(current_year()),
    )


@asked_often
def _children_of(guardian: Person) -> QuerySet[Person]:
    """Return the pupils somebody answers for, the eldest first."""
    children = answers_for("pk").over(Person).among(Person.objects.all(), guardian)
    return children.order_by("born_on", "sort_name")[:MOST_CHILDREN]


def _with_pieces(request: Any, pupils: list[Person]) -> list[Child]:
    classes = classes_by_pupil(pupil.pk for pupil in pupils) if pupils else {}
    return [
        Child(pupil, classes.get(pupil.pk), slots.pieces("today.child", request, pupil)) for pupil in pupils
    ]


def _classes_tutored_by(tutor: Person) -> list[TutoredClass]:
    tutored = ClassGroup.objects.filter(in_force(prefix="tutorships__"), tutorships__tutor=tutor).distinct()
    return [TutoredClass(class_group, list(pupils_of(class_group))) for class_group in tutored]

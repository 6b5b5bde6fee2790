"""What teachers should know of measures while they plan tests and type marks. One question each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import QuerySet

from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.people.ties import in_force
from preau.structure.models import CourseGroup, GroupMembership

from ..models import Adjustment, in_words
from ..rules import may_read_at_work

WHOLE_PLAN = "plan__"


@dataclass(frozen=True, slots=True)
class Flag:
    """The plan of a pupil as it bears on a course: its key, its measures in words."""

    plan: int
    measures: list[str]


@dataclass(frozen=True, slots=True)
class Count:
    """How many pupils of a group have a measure."""

    measure: str
    pupils: int


def flags(group: CourseGroup, reader: Person) -> dict[int, Flag]:
    """Return, by the key of the pupil, the measures that hold today in the subject of a group. One query."""
    found: dict[int, Flag] = {}
    for pupil, plan, label, detail in _flagged(reader, group.pk, group.course.subject_id):
        flag = found.setdefault(pupil, Flag(plan, []))
        if (words := in_words(label, detail)) not in flag.measures:
            flag.measures.append(words)
    return found


@asked_often
def _flagged(reader: Person, group: int, subject: int) -> QuerySet:
    """Return (pupil, plan, measure, detail) in a group today, as far as the reader may know."""
    members = GroupMembership.objects.filter(in_force(), group=group)
    held = _in_the_subject(subject).filter(in_force(prefix=WHOLE_PLAN), may_read_at_work.condition(reader))
    return held.filter(plan__pupil__in=members.values("pupil")).values_list(
        "plan__pupil_id", "plan_id", "measure__label", "detail"
    )


def readable_for(pupil: Person, group: CourseGroup, reader: Person) -> list[Adjustment]:
    """Return the measures of a pupil in the subject of a group today, as far as the reader may know."""
    return _readable_for(reader, pupil.pk, group.course.subject_id)


@asked_often
def _readable_for(reader: Person, pupil: int, subject: int) -> QuerySet[Adjustment]:
    held = _in_the_subject(subject).filter(in_force(prefix=WHOLE_PLAN), may_read_at_work.condition(reader))
    return held.filter(plan__pupil=pupil).select_related("measure")


def counted(group: CourseGroup, day: date) -> list[Count]:
    """Return how many pupils of a group have each measure that matters when a test of that day is made."""
    having: defaultdict[str, set[int]] = defaultdict(set)
    for label, pupil in _about_tests(group.pk, group.course.subject_id, day):
        having[label].add(pupil)
    return _most_first(Count(label, len(pupils)) for label, pupils in having.items())


@asked_often
def _about_tests(group: int, subject: int, day: date) -> QuerySet:
    """Return (measure, pupil) of the members of a group on a day."""
    members = GroupMembership.objects.filter(in_force(day), group=group)
    held = _in_the_subject(subject).filter(in_force(day, prefix=WHOLE_PLAN), measure__is_about_tests=True)
    return held.filter(plan__pupil__in=members.values("pupil")).values_list(
        "measure__label", "plan__pupil_id"
    )


def _in_the_subject(subject: int) -> QuerySet[Adjustment]:
    return Adjustment.objects.filter(models.Q(subject=None) | models.Q(subject=subject))


def _most_first(counts: Iterable[Count]) -> list[Count]:
    return sorted(counts, key=lambda count: -count.pupils)

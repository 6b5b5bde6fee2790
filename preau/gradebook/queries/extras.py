"""What goes with a grade beside its points: statement, file given back, rubric."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.structure.models import GroupMembership, ReportPeriod

from ..models import Feedback, RubricFilling, Statement
from ..rules import reads_what_was_graded


@dataclass(slots=True)
class Extras:
    """What one may open beside a grade: the keys of two files and of a filling, where there are any."""

    statement: UUID | None = None
    feedback: UUID | None = None
    filling: int | None = None


def extras_of(pupil: Person, period: ReportPeriod, reader: Person) -> dict[int, Extras]:
    """
    Return what goes with the grades of a pupil that the reader may read, by assessment. Three queries.

    Whoever asks shows them beside grades that the reader reads already: a statement follows its grades.
    """
    found: dict[int, Extras] = {}
    for assessment, file in _readable(Feedback, pupil.pk, period.pk, reader):
        found.setdefault(assessment, Extras()).feedback = file
    for assessment, filling in _readable(RubricFilling, pupil.pk, period.pk, reader):
        found.setdefault(assessment, Extras()).filling = filling
    for assessment, file in _statements(pupil.pk, period.pk):
        found.setdefault(assessment, Extras()).statement = file
    return found


@asked_often
def _readable(kind: type[Feedback | RubricFilling], pupil: int, period: int, reader: Person) -> QuerySet:
    """Return (assessment, key) of what goes with the grades of a pupil, where the reader may read it."""
    known = kind._default_manager.filter(pupil=pupil, assessment__period=period)
    readable = reads_what_was_graded.over(kind).among(known, reader)
    return readable.values_list("assessment", "file" if kind is Feedback else "pk")


@asked_often
def _statements(pupil: int, period: int) -> QuerySet:
    """Return the assessments of a pupil's groups that have a statement, and its file."""
    groups = GroupMembership.objects.filter(pupil=pupil).values("group")
    known = Statement.objects.filter(assessment__period=period, assessment__group__in=groups)
    return known.values_list("assessment", "file")

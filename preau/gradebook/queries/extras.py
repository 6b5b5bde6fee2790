"""What goes with a grade beside its points: statement, file given back, rubric."""

from __future__ import annotations

from dataclasses import dataclass

from preau.people.models import Person
from preau.structure.models import ReportPeriod

from ..models import Feedback, RubricFilling, Statement
from ..rules import may_read_grade


@dataclass(slots=True)
class Extras:
    """What one may open beside a grade. Keys are 0 where there is nothing."""

    statement: str = ""
    """The name of the file."""
    feedback: int = 0
    filling: int = 0


def extras_of(pupil: Person, period: ReportPeriod, reader: Person) -> dict[int, Extras]:
    """
    Return what goes with the grades of a pupil that the reader may read, by assessment. Three queries.

    Whoever asks shows them beside grades that the reader reads already: a statement follows its grades.
    """
    found: dict[int, Extras] = {}
    mine = {"pupil": pupil, "assessment__period": period}
    feedback = may_read_grade.among(Feedback.objects.filter(**mine), reader)
    for key, assessment in feedback.values_list("pk", "assessment"):
        found.setdefault(assessment, Extras()).feedback = key
    fillings = may_read_grade.among(RubricFilling.objects.filter(**mine), reader)
    for key, assessment in fillings.values_list("pk", "assessment"):
        found.setdefault(assessment, Extras()).filling = key
    statements = Statement.objects.filter(
        assessment__period=period, assessment__group__in=pupil.memberships.values("group")
    )
    for assessment, name in statements.values_list("assessment", "name"):
        found.setdefault(assessment, Extras()).statement = name
    return found

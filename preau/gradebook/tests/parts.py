"""Competences, scales and rubrics for the tests, prepared with the very actions that people use."""

from datetime import date
from decimal import Decimal

from preau.gradebook import actions
from preau.gradebook.models import AssessedCompetence, Assessment, Competence, Rubric
from preau.gradebook.typed import read_cell
from preau.grading.models import Level, Scale
from preau.grading.queries import levels_by_code
from preau.people.models import Person
from preau.structure.models import Subject

from .builders import TUESDAY

FIRST_DAY = date(2026, 8, 24)


def acquisition() -> Scale:
    return Scale.objects.get(name="Acquisition")


def level(code: str) -> Level:
    return Level.objects.get(scale__name="Acquisition", code=code)


def competences(subject: Subject, *, by: Person, **named: str) -> list[Competence]:
    actions.keep_competences(
        subject=subject,
        lines=[{"code": code, "name": name} for code, name in named.items()],
        on=FIRST_DAY,
        by=by,
        at=TUESDAY,
    )
    return list(Competence.objects.filter(subject=subject, ends_on=None))


def look_at(
    assessment: Assessment, *asked: tuple[Competence, int | Scale], by: Person, adds_up: bool = False
) -> list[AssessedCompetence]:
    """Let an assessment look at competences, each out of points or on a scale."""
    actions.choose_parts(
        assessment=assessment,
        parts=[
            actions.AskedPart(competence.pk, scale_id=how.pk)
            if isinstance(how, Scale)
            else actions.AskedPart(competence.pk, Decimal(how))
            for competence, how in asked
        ],
        adds_up=adds_up,
        by=by,
        at=TUESDAY,
    )
    return list(assessment.parts.select_related("assessment__period", "competence"))


def reach(part: AssessedCompetence, pupil: Person, typed: str, *, by: Person, version: int = 0):
    return actions.write_sub_grade(
        part=part,
        pupil=pupil,
        typed=read_cell(typed, {}, levels_by_code(part.scale_id)),
        version=version,
        by=by,
        at=TUESDAY,
    )


def rubric(*, by: Person, title: str = "Exposé oral") -> Rubric:
    """Two criteria out of 4 and 6, in two levels."""
    return actions.keep_rubric(
        rubric=None,
        title=title,
        levels=["insuffisant", "bien"],
        criteria=[
            actions.AskedCriterion("Voix", [("on n'entend pas", Decimal(1)), ("claire", Decimal(4))]),
            actions.AskedCriterion("Plan", [("absent", Decimal(0)), ("annoncé et suivi", Decimal(6))]),
        ],
        by=by,
        at=TUESDAY,
    )

"""Rubrics as pages show them: to change, to fill in, to read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet

from preau.people.models import Person
from preau.structure.queries import members_of

from ..models import (
    Assessment,
    Criterion,
    Descriptor,
    FillingChoice,
    Grade,
    Rubric,
    RubricFilling,
    RubricLevel,
)
from .parts import grade_text


@dataclass(frozen=True, slots=True)
class RubricLine:
    """A criterion and, for each level in order, its descriptor (None where there is none)."""

    criterion: Criterion
    cells: list[Descriptor | None]
    chosen: int | None = None
    """The key of the descriptor chosen."""


@dataclass(frozen=True, slots=True)
class RubricTable:
    """A rubric laid out: levels across, criteria down."""

    rubric: Rubric
    levels: list[RubricLevel]
    lines: list[RubricLine]
    out_of: Decimal

    @property
    def reached(self) -> Decimal | None:
        """Return the points chosen together, None while a criterion has none."""
        points = [
            cell.points for line in self.lines for cell in line.cells if cell and cell.pk == line.chosen
        ]
        return sum(points, Decimal(0)) if len(points) == len(self.lines) else None


@dataclass(frozen=True, slots=True)
class FillingLine:
    """A pupil and how far the rubric is filled in."""

    pupil: Person
    chosen: int
    grade: str


def best_total(rubric: Rubric) -> Decimal:
    """Return the points of the best descriptor of every criterion together."""
    return rubric_table(rubric).out_of


def rubric_table(rubric: Rubric, filling: RubricFilling | None = None) -> RubricTable:
    """Return a rubric laid out, with what was chosen for a pupil. Four queries."""
    levels = list(rubric.levels.all())
    chosen = dict(filling.choices.values_list("criterion", "descriptor")) if filling else {}
    lines = []
    for criterion in rubric.criteria.prefetch_related("descriptors"):
        there = {descriptor.level_id: descriptor for descriptor in criterion.descriptors.all()}
        cells = [there.get(level.pk) for level in levels]
        lines.append(RubricLine(criterion, cells, chosen.get(criterion.pk)))
    best = (max((cell.points for cell in line.cells if cell), default=Decimal(0)) for line in lines)
    return RubricTable(rubric, levels, lines, sum(best, Decimal(0)))


def said_of(filling: RubricFilling) -> list[list[str]]:
    """Return what a filled rubric says, in its own words: criterion, level, points."""
    choices = filling.choices.select_related("criterion", "descriptor__level").order_by("criterion__rank")
    return [
        [choice.criterion.title, choice.descriptor.level.label, f"{choice.descriptor.points.normalize():f}"]
        for choice in choices
    ]


def rubrics_known() -> QuerySet[Rubric]:
    """Return the rubrics of the school, by title, with their number of criteria."""
    return Rubric.objects.select_related("made_by").annotate(lines=Count("criteria"))


def rubric_of(assessment: Assessment) -> Rubric | None:
    """Return the rubric with which an assessment is graded."""
    return Rubric.objects.filter(uses__assessment=assessment).first()


def filling_of(assessment: Assessment, pupil_id: int) -> RubricFilling | None:
    """Return the rubric of one pupil, if it was ever filled in."""
    fillings = RubricFilling.objects.filter(assessment=assessment, pupil=pupil_id)
    return fillings.select_related("written_by").prefetch_related("past__written_by").first()


def filling_lines(assessment: Assessment) -> list[FillingLine]:
    """Return the pupils of an assessment and how far their rubric is. Four queries."""
    chosen = dict(
        FillingChoice.objects.filter(filling__assessment=assessment)
        .values_list("filling__pupil")
        .annotate(Count("pk"))
    )
    grades = {
        grade.pupil_id: grade
        for grade in Grade.objects.filter(assessment=assessment).select_related("token", "level")
    }
    pupils = members_of(assessment.group, during=assessment.period)
    return [FillingLine(pupil, chosen.get(pupil.pk, 0), grade_text(grades.get(pupil.pk))) for pupil in pupils]


def next_pupil(assessment: Assessment, pupil: Person) -> Person | None:
    """Return the pupil after this one in the list of the group."""
    pupils = list(members_of(assessment.group, during=assessment.period))
    place = next((at for at, other in enumerate(pupils) if other.pk == pupil.pk), len(pupils))
    return pupils[place + 1] if place + 1 < len(pupils) else None

"""Grades, cell by cell, and the results they make."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal

from preau.gradebook import averages
from preau.gradebook.averages import Effect, Score
from preau.gradebook.models import CourseResult, Grade, PastGrade, Scheme, Token
from preau.gradebook.queries import figures_of
from preau.kit import clock
from preau.people.demo import Folk
from preau.structure.demo import Group
from preau.structure.models import ReportPeriod

from .assessments import Planned, at
from .chances import Abilities, draw_cell

CORRECTED = 0.01
TYPED_LATE = 0.15
"""The part of the groups whose examination of last week waits to be typed."""
LENIENT = 0.25
EFFECTS = {Token.Effect.ZERO: Effect.ZERO, Token.Effect.IGNORED: Effect.LEFT_OUT}

Cells = dict[tuple[int, int, int], list[Score]]


class Marker:
    """Gives the grades of assessments, and remembers them as arithmetic sees them."""

    def __init__(
        self, rng: random.Random, folk: Folk, tokens: dict[str, Token], abilities: Abilities
    ) -> None:
        self.rng, self.folk, self.tokens, self.abilities = rng, folk, tokens, abilities
        self.waiting_teachers = {folk.cast["thys"].pk, folk.cast["vandamme"].pk}
        self.ill = folk.stories["exam_missed_for_illness"].pk
        self.cells: defaultdict[tuple[int, int], list[Score]] = defaultdict(list)
        """By pupil and group, for the period being marked."""
        self.exam_tokens: defaultdict[tuple[int, int], list[str]] = defaultdict(list)

    def mark(self, planned: Iterable[Planned]) -> Iterator[Grade]:
        """Give the grades of the assessments of one period."""
        self.cells.clear()
        self.exam_tokens.clear()
        for it in planned:
            yield from self._mark_one(it)

    def _mark_one(self, it: Planned) -> Iterator[Grade]:
        day = it.record.held_on
        here = [
            tie.pupil_id
            for tie in it.group.memberships
            if tie.starts_on <= day and (tie.ends_on is None or day < tie.ends_on)
        ]
        written_at = min(at(day, self.rng.randint(1, 5), 17), clock.now())
        for pupil_id in here[: round(self._typed(it) * len(here))]:
            grade = self._grade(it, pupil_id)
            if grade is not None:
                grade.written_by_id, grade.written_at = it.teacher_id, written_at
                yield grade

    def _typed(self, it: Planned) -> float:
        """Return the part of the class whose grades are typed: all, but for recent examinations."""
        today = clock.today()
        age = (today - it.record.held_on).days
        if age < 0:
            return 0
        if age > 10 or not it.is_exam:
            return 1
        if it.teacher_id in self.waiting_teachers:
            return 0.5 if age > 3 else 0
        if age <= 2:
            return self.rng.choice((0, 0, 0.5, 1))
        return 0 if self.rng.random() < TYPED_LATE else 1

    def _grade(self, it: Planned, pupil_id: int) -> Grade | None:
        sign = (
            "CM"
            if it.is_exam and pupil_id == self.ill and it.record.period.code == "P2"
            else draw_cell(self.rng)
        )
        if sign == "EMPTY":
            return None
        assessment = it.record
        key = pupil_id, it.group.record.pk
        token, points = self.tokens.get(sign), None
        if token is None:
            level = self.abilities.level(pupil_id, it.group.line.subject)
            points = self.abilities.points(level, int(assessment.max_points))
        if assessment.counts:
            if it.is_exam:
                self.exam_tokens[key].append(sign)
            effect = Effect.COUNTS if token is None else EFFECTS[Token.Effect(token.effect)]
            self.cells[key].append(
                Score(assessment.max_points, assessment.weight, effect, points or Decimal(0), it.is_exam)
            )
        token_id = token.pk if token else None
        return Grade(assessment_id=assessment.pk, pupil_id=pupil_id, points=points, token_id=token_id)

    def results(self, period: ReportPeriod, groups: dict[int, Group], scheme: Scheme) -> list[CourseResult]:
        """Return what the period comes to, as closing the gradebooks would write it."""
        closed_at = at(period.ends_on, -2, 18)
        rows = []
        for (pupil_id, group_id), scores in self.cells.items():
            result = averages.result(scores, scheme.plan)
            figures = figures_of(result, scheme.plan)
            share = figures.pop("share")
            if share is not None:
                figures["share"] = (Decimal(share.numerator) / Decimal(share.denominator)).quantize(
                    Decimal("1e-10")
                )
            signs = self.exam_tokens[pupil_id, group_id]
            row = CourseResult(
                pupil_id=pupil_id,
                group_id=group_id,
                period=period,
                scheme=scheme,
                exam_token=signs[0] if len(signs) == 1 else "",
                computed_at=closed_at,
                **figures,
            )
            self._choose(row, groups[group_id])
            rows.append(row)
        return rows

    def _choose(self, row: CourseResult, group: Group) -> None:
        """A teacher may lift a result that fails by a hair, and says why."""
        if row.computed is not None and 48 <= row.computed < 50 and self.rng.random() < LENIENT:
            row.chosen, row.chosen_at = Decimal(50), row.computed_at
            row.chosen_because = "Progrès constants depuis le début de la période."
            row.chosen_by_id = group.teacher_on(row.period.ends_on - timedelta(days=2)).pk


def correct_some(rng: random.Random, grades: list[Grade]) -> list[PastGrade]:
    """Change one grade in a hundred after a second look; what it was before stays."""
    past = []
    for grade in grades:
        if grade.points is not None and grade.points >= 1 and rng.random() < CORRECTED:
            past.append(
                PastGrade(
                    grade=grade,
                    version=1,
                    points=grade.points - 1,
                    written_by_id=grade.written_by_id,
                    written_at=grade.written_at - timedelta(days=1),
                )
            )
            grade.version, grade.reason = 2, "Erreur d'addition"
    return past

"""Grades, cell by cell."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from preau.grading.models import Token
from preau.kit import clock
from preau.people.demo import Folk

from ..models import Grade, PastGrade
from .assessments import Planned, at
from .chances import Abilities, draw_cell

CORRECTED = 0.01
TYPED_LATE = 0.15
"""The part of the groups whose examination of last week waits to be typed."""
COLUMNS = ("assessment", "pupil", "points", "token", "written_by", "written_at")
Row = tuple[int, int, Decimal | None, int | None, int, datetime]
"""A grade as `kit.rows` writes it."""


class Marker:
    """Gives the grades of assessments, as rows to write."""

    def __init__(
        self, rng: random.Random, folk: Folk, tokens: dict[str, Token], abilities: Abilities
    ) -> None:
        self.rng, self.folk, self.tokens, self.abilities = rng, folk, tokens, abilities
        self.waiting_teachers = {folk.cast["thys"].pk, folk.cast["vandamme"].pk}
        self.ill = folk.stories["exam_missed_for_illness"].pk
        self.corrected: list[PastGrade] = []
        """What some grades were before a second look; each knows the grade as it is now."""

    def mark(self, planned: Iterable[Planned]) -> Iterator[Row]:
        """Give the grades of the assessments of one period: rows, and the corrected ones apart."""
        self.corrected.clear()
        for plan in planned:
            yield from self._mark_one(plan)

    def _mark_one(self, plan: Planned) -> Iterator[Row]:
        assessment, day = plan.record, plan.record.held_on
        here = [
            tie.pupil_id
            for tie in plan.group.memberships
            if tie.starts_on <= day and (tie.ends_on is None or day < tie.ends_on)
        ]
        here = here[: round(self._typed(plan) * len(here))]
        is_missed = plan.is_exam and assessment.period.code == "P2"
        written_at = min(at(day, self.rng.randint(1, 5), 17), clock.now())
        for pupil_id in here:
            sign = "CM" if is_missed and pupil_id == self.ill else draw_cell(self.rng)
            if sign == "EMPTY":
                continue
            points = None if sign else self._points(plan, pupil_id)
            token_id = self.tokens[sign].pk if sign else None
            if points is not None and points >= 1 and self.rng.random() < CORRECTED:
                self._correct(plan, pupil_id, points, written_at)
            else:
                yield (assessment.pk, pupil_id, points, token_id, plan.teacher_id, written_at)

    def _points(self, plan: Planned, pupil_id: int) -> Decimal:
        return self.abilities.points(self.abilities.level(pupil_id, plan.group.line.subject), plan.out_of)

    def _correct(self, plan: Planned, pupil_id: int, points: Decimal, written_at: datetime) -> None:
        """Write a grade that was changed after a second look; what it was before stays."""
        grade = Grade(
            assessment=plan.record,
            pupil_id=pupil_id,
            points=points,
            written_by_id=plan.teacher_id,
            written_at=written_at,
            version=2,
            reason="Erreur d'addition",
        )
        self.corrected.append(
            PastGrade(
                grade=grade,
                version=1,
                points=points - 1,
                written_by_id=plan.teacher_id,
                written_at=written_at - timedelta(days=1),
            )
        )

    def _typed(self, plan: Planned) -> float:
        """Return the part of the class whose grades are typed: all, but for recent examinations."""
        today = clock.today()
        age = (today - plan.record.held_on).days
        if age < 0:
            return 0
        if age > 10 or not plan.is_exam:
            return 1
        if plan.teacher_id in self.waiting_teachers:
            return 0.5 if age > 3 else 0
        if age <= 2:
            return self.rng.choice((0, 0, 0.5, 1))
        return 0 if self.rng.random() < TYPED_LATE else 1

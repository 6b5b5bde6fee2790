"""Grades, cell by cell, and the results they make."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
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

NOTHING = Decimal(0)
KEYS = ("assessment", "pupil", "token", "written_by")
COLUMNS = (
    "assessment",
    "pupil",
    "points",
    "token",
    "remark",
    "reason",
    "version",
    "written_by",
    "written_at",
)

Row = tuple[int, int, Decimal | None, int | None, str, str, int, int, datetime]
"""A grade as `kit.rows` writes it."""


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
        self.corrected: list[PastGrade] = []
        """What some grades were before a second look; each knows the grade as it is now."""

    def mark(self, planned: Iterable[Planned]) -> Iterator[Row]:
        """Give the grades of the assessments of one period: rows, and the corrected ones apart."""
        self.cells.clear()
        self.exam_tokens.clear()
        self.corrected.clear()
        for it in planned:
            yield from self._mark_one(it)

    def _mark_one(self, it: Planned) -> Iterator[Row]:
        assessment, day = it.record, it.record.held_on
        here = [
            tie.pupil_id
            for tie in it.group.memberships
            if tie.starts_on <= day and (tie.ends_on is None or day < tie.ends_on)
        ]
        here = here[: round(self._typed(it) * len(here))]
        is_missed = it.is_exam and assessment.period.code == "P2"
        written_at = min(at(day, self.rng.randint(1, 5), 17), clock.now())
        for pupil_id in here:
            sign = "CM" if is_missed and pupil_id == self.ill else draw_cell(self.rng)
            if sign == "EMPTY":
                continue
            points = None if sign else self._points(it, pupil_id)
            token = self.tokens[sign] if sign else None
            if it.counts:
                self._remember(it, pupil_id, points, token)
            token_id = token.pk if token else None
            row = (assessment.pk, pupil_id, points, token_id, "", "", 1, it.teacher_id, written_at)
            if points is not None and points >= 1 and self.rng.random() < CORRECTED:
                self._correct(row)
            else:
                yield row

    def _points(self, it: Planned, pupil_id: int) -> Decimal:
        return self.abilities.points(self.abilities.level(pupil_id, it.group.line.subject), it.out_of)

    def _remember(self, it: Planned, pupil_id: int, points: Decimal | None, token: Token | None) -> None:
        """Keep a cell for the results."""
        key = pupil_id, it.group.record.pk
        effect = Effect.COUNTS if token is None else EFFECTS[token.effect]
        score = Score(it.record.max_points, it.record.weight, effect, points or NOTHING, it.is_exam)
        self.cells[key].append(score)
        if it.is_exam:
            self.exam_tokens[key].append(token.code if token else "")

    def _correct(self, row: Row) -> None:
        """Change a grade after a second look; what it was before stays."""
        grade = Grade(
            **dict(zip((f"{name}_id" if name in KEYS else name for name in COLUMNS), row, strict=True))
        )
        grade.version, grade.reason = 2, "Erreur d'addition"
        self.corrected.append(
            PastGrade(
                grade=grade,
                version=1,
                points=grade.points - 1,
                written_by_id=grade.written_by_id,
                written_at=grade.written_at - timedelta(days=1),
            )
        )

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

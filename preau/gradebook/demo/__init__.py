"""The gradebooks of the Lycée du Parc: four periods closed, June under way."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from preau.grading.actions import adopt_defaults
from preau.grading.models import Category, CourseResult, Token
from preau.kit import clock
from preau.kit.demo import Book, chapter
from preau.kit.rows import insert_records, insert_rows
from preau.people.demo import Folk
from preau.structure.demo import Group, Year, Years
from preau.structure.models import ReportPeriod

from ..actions.periods import shut
from ..models import Assessment, Comment, Grade, PastGrade
from .assessments import Planned, Planner, at, publications
from .chances import Abilities
from .competences import competences
from .grades import COLUMNS, Marker
from .seals import closing_of, seals
from .words import comment_on

__all__ = ["Marks", "competences", "gradebook", "seals"]

COMMENTED = 0.85
NEARLY, LENIENT = (Decimal(48), Decimal(49)), 0.25
BATCH = 2000


@dataclass
class Marks:
    """What the chapter leaves: the periods whose gradebooks are closed, and how much there is."""

    closed: list[ReportPeriod] = field(default_factory=list)
    assessments: int = 0
    grades: int = 0
    results: int = 0
    comments: int = 0


@chapter(rank=40, weight=30)
def gradebook(book: Book) -> None:
    """Write the assessments, grades, results and comments of every year."""
    adopt_defaults()
    folk, years, marks = book.find(Folk), book.find(Years), Marks()
    abilities = Abilities(book.rng("gradebook.abilities"))
    for done, year in enumerate(years.all):
        Gradebooks(book, folk, year, abilities, marks).write(done / len(years.all), 1 / len(years.all))
    book.tell(_("assessments"), marks.assessments)
    book.tell(_("grades"), marks.grades)
    book.tell(_("results of closed periods"), marks.results)
    book.tell(_("comments"), marks.comments)
    book.leave(marks)


class Gradebooks:
    """All gradebooks of one school year."""

    def __init__(self, book: Book, folk: Folk, year: Year, abilities: Abilities, marks: Marks) -> None:
        self.rng = book.rng(f"gradebook.{year.years_ago}")
        self.book, self.folk, self.year, self.marks = book, folk, year, marks
        self.categories = {category.code: category for category in Category.objects.all()}
        tokens = {token.code: token for token in Token.objects.all()}
        self.marker = Marker(book.rng(f"gradebook.grades.{year.years_ago}"), folk, tokens, abilities)
        self.groups = {group.record.pk: group for group in year.groups}

    def write(self, done: float, share: float) -> None:
        planned = Planner(self.rng, self.year, self.categories).plan()
        Assessment.objects.bulk_create((plan.record for plan in planned), batch_size=BATCH)
        insert_records(publications(planned))
        self.marks.assessments += len(planned)
        for number, period in enumerate(self.year.periods, start=1):
            self._write_period(period, [plan for plan in planned if plan.record.period_id == period.pk])
            self.book.is_at(done + share * number / len(self.year.periods))

    def _write_period(self, period: ReportPeriod, planned: Iterable[Planned]) -> None:
        self.marks.grades += insert_rows(Grade, COLUMNS, self.marker.mark(planned))
        past = self.marker.corrected
        Grade.objects.bulk_create([entry.grade for entry in past], batch_size=BATCH)
        PastGrade.objects.bulk_create(past, batch_size=BATCH)
        self.marks.grades += len(past)
        if period.ends_on <= clock.today():
            self._close(period)

    def _close(self, period: ReportPeriod) -> None:
        """The head closes the period; teachers lift what fails by a hair, and comment."""
        closed_at = closing_of(period)
        with clock.at(closed_at):
            shut(period=period, by=self.folk.cast["pirard"], at=closed_at)
        results = list(CourseResult.objects.filter(period=period).defer("scores").order_by("group", "pupil"))
        self._lift([row for row in results if row.computed in NEARLY and self.rng.random() < LENIENT])
        comments = [
            _comment(row, self.groups[row.group_id], period, self.rng)
            for row in results
            if self.rng.random() < COMMENTED
        ]
        insert_records(comments)
        self.marks.closed.append(period)
        self.marks.results += len(results)
        self.marks.comments += len(comments)

    def _lift(self, results: list[CourseResult]) -> None:
        for row in results:
            row.chosen, row.chosen_at = Decimal(50), row.computed_at
            row.chosen_because = "Progrès constants depuis le début de la période."
            row.chosen_by = self.groups[row.group_id].teacher_on(timezone.localdate(row.computed_at))
        changed = ["chosen", "chosen_at", "chosen_because", "chosen_by"]
        CourseResult.objects.bulk_update(results, changed, batch_size=200)


def _comment(row: CourseResult, group: Group, period: ReportPeriod, rng: random.Random) -> Comment:
    written_at = at(period.ends_on, -3, 20)
    return Comment(
        group_id=row.group_id,
        pupil_id=row.pupil_id,
        period=period,
        text=comment_on(row.decisions.over(row.computed), rng),
        written_by=group.teacher_on(written_at.date()),
        written_at=written_at,
    )

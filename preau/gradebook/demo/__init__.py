"""The gradebooks of the Lycée du Parc: four periods closed, June under way."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from preau.gradebook.actions import adopt_defaults
from preau.gradebook.models import (
    Assessment,
    Category,
    Closing,
    Comment,
    CourseResult,
    Grade,
    PastGrade,
    Publication,
    Scheme,
    Token,
)
from preau.kit import clock
from preau.kit.demo import Book, chapter
from preau.kit.rows import insert_rows
from preau.people.demo import Folk
from preau.structure.demo import Group, Year, Years
from preau.structure.models import ReportPeriod

from .assessments import Planned, Planner, at, publications
from .chances import Abilities
from .grades import COLUMNS, Marker
from .words import comment_on

COMMENTED = 0.85
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
        self.book, self.year, self.marks = book, year, marks
        self.categories = {category.code: category for category in Category.objects.all()}
        tokens = {token.code: token for token in Token.objects.all()}
        self.marker = Marker(book.rng(f"gradebook.grades.{year.years_ago}"), folk, tokens, abilities)
        self.scheme = Scheme.objects.get()
        self.groups = {group.record.pk: group for group in year.groups}

    def write(self, done: float, share: float) -> None:
        planned = Planner(self.rng, self.year, self.categories).plan()
        Assessment.objects.bulk_create((it.record for it in planned), batch_size=BATCH)
        Publication.objects.bulk_create(publications(planned), batch_size=BATCH)
        self.marks.assessments += len(planned)
        for number, period in enumerate(self.year.periods, start=1):
            self._write_period(period, [it for it in planned if it.record.period_id == period.pk])
            self.book.is_at(done + share * number / len(self.year.periods))

    def _write_period(self, period: ReportPeriod, planned: Iterable[Planned]) -> None:
        self.marks.grades += insert_rows(Grade, COLUMNS, self.marker.mark(planned))
        past = self.marker.corrected
        Grade.objects.bulk_create([it.grade for it in past], batch_size=BATCH)
        PastGrade.objects.bulk_create(past, batch_size=BATCH)
        self.marks.grades += len(past)
        if period.ends_on <= clock.today():
            self._close(period)

    def _close(self, period: ReportPeriod) -> None:
        results = self.marker.results(period, self.groups, self.scheme)
        closings = [_closing(group, period) for group in self.year.groups]
        comments = [
            _comment(row, self.groups[row.group_id], self.rng)
            for row in results
            if self.rng.random() < COMMENTED
        ]
        CourseResult.objects.bulk_create(results, batch_size=BATCH)
        Closing.objects.bulk_create(closings, batch_size=BATCH)
        Comment.objects.bulk_create(comments, batch_size=BATCH)
        self.marks.closed.append(period)
        self.marks.results += len(results)
        self.marks.comments += len(comments)


def _closing(group: Group, period: ReportPeriod) -> Closing:
    closed_at = at(period.ends_on, -2, 18)
    return Closing(
        group=group.record, period=period, closed_at=closed_at, closed_by=group.teacher_on(closed_at.date())
    )


def _comment(row: CourseResult, group: Group, rng: random.Random) -> Comment:
    written_at = at(row.period.ends_on, -3, 20)
    return Comment(
        group_id=row.group_id,
        pupil_id=row.pupil_id,
        period=row.period,
        text=comment_on(row.retained, rng),
        written_by=group.teacher_on(written_at.date()),
        written_at=written_at,
    )

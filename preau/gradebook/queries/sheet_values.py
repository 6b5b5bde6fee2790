"""What a sheet is made of: cells, columns, rows. Values: nothing here asks the database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from preau.design.pieces import cote
from preau.grading.models import Closing, CourseResult, Scheme, Token
from preau.grading.results import mean_figure
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod

from ..models import Assessment, Comment
from .scores import PupilResult


@dataclass(slots=True)
class Cell:
    """One cell as it stands. `version` 0 says that nobody has written in it yet."""

    points: Decimal | None = None
    token: str = ""
    effect: str | None = None
    version: int = 0
    remark: str = ""
    level: str = ""

    @property
    def is_empty(self) -> bool:
        return self.points is None and not self.token and not self.level

    @property
    def achieved(self) -> Decimal | None:
        """Return the points, nought for a token that counts as zero, None for what counts nowhere."""
        return Decimal(0) if self.effect == Token.Effect.ZERO else self.points

    @property
    def text(self) -> str:
        """Return what stands in the cell, as one types it."""
        return self.token or self.level or cote(self.points)


EMPTY = Cell()


@dataclass(slots=True)
class Column:
    """An assessment, with what the class made of it."""

    assessment: Assessment
    average: Decimal | None
    """On the assessment's own maximum, to one decimal."""
    written: int
    expected: int

    @property
    def missing(self) -> int:
        return self.expected - self.written


@dataclass(slots=True)
class Row:
    """A pupil, the cells in the order of the columns, and the result of the course."""

    pupil: Person
    membership: GroupMembership
    class_name: str
    cells: list[Cell]
    result: PupilResult
    kept: CourseResult | None
    comment: Comment | None
    comment_version: int
    """It is 0 where nobody has ever written; where a comment was taken back it is not."""
    trend: list[float | None]
    has_left: bool
    is_new: bool

    @property
    def has_a_trend(self) -> bool:
        return sum(1 for point in self.trend if point is not None) > 1


@dataclass
class Sheet:
    """All that the page shows; results are exact and shown on the scheme's scale."""

    group: CourseGroup
    period: ReportPeriod
    scheme: Scheme
    columns: list[Column]
    rows: list[Row]
    closing: Closing | None
    comments_written: int
    tokens: list[Token]
    stamp: str

    @cached_property
    def missing(self) -> int:
        return sum(column.missing for column in self.columns)

    def names_of_cells(self) -> dict[tuple[int, int], str]:
        """Return whose each cell is, and what it is for, by assessment (0 for comments) and pupil."""
        columns = [(0, _("comment")), *((assessment.pk, assessment.title) for assessment in self.assessments)]
        return {
            (key, row.pupil.pk): f"{row.pupil.list_name}, {title}"
            for key, title in columns
            for row in self.rows
        }

    @property
    def assessments(self) -> list[Assessment]:
        return [column.assessment for column in self.columns]

    @cached_property
    def shown(self) -> list[Decimal]:
        """Return the computed results, as they are shown, without those in brackets."""
        figures = (row.result.computed for row in self.rows if not row.result.is_bracketed)
        return [figure for figure in figures if figure is not None]

    @cached_property
    def class_average(self) -> Decimal | None:
        return mean_figure(self.shown, self.scheme.step)

    @cached_property
    def failing(self) -> int:
        return sum(1 for row in self.rows if row.result.fails)

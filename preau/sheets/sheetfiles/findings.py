"""What is found in a file beside the sheet, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from preau.gradebook.typed import Typed
from preau.grading.models import Category
from preau.people.models import Person

from .choices import ColumnChoice
from .columns import Column
from .lines import FileLine
from .pupils import Match


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that would be written: what stands there, what would."""

    line: int
    pupil: Person
    column: int
    title: str
    old: str
    new: str
    typed: Typed
    version: int
    """The version that stands in the sheet, 0 where nobody wrote yet."""


@dataclass(frozen=True, slots=True)
class CommentChange:
    """A comment of the report card that would be written."""

    line: int
    pupil: Person
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """An assessment that a column of the file would add."""

    column: int
    title: str
    max_points: Decimal
    category: Category
    held_on: date


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A line of the table: the name it bears, who that is, who it may be."""

    line: FileLine
    name: str
    number: str
    match: Match
    pupil: Person | None
    is_decided: bool

    @property
    def is_open(self) -> bool:
        """Say whether somebody has to say who this is."""
        return self.pupil is None and not self.is_decided


@dataclass(frozen=True, slots=True)
class ChosenColumn:
    """A column as the page shows it: what it holds, and what is decided about it."""

    column: Column
    choice: ColumnChoice

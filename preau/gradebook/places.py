"""The places that pages of the gradebook leave open for the apps above, and what these are told there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod

from .models import Assessment

CELL = "gradebook.cell"
"""Beside a grade: what one should know of this pupil at this assessment (absent, one third more time)."""

PUPILS = "gradebook.pupils"
"""Beside the names in a sheet: a function takes the group and returns links, by the key of the pupil."""

NEW_ASSESSMENT = "gradebook.new_assessment"
"""Under the date of an assessment: what one should know of this group on that day."""

SHEET_MENU = "gradebook.sheet_menu"
"""In the menu of a sheet: links to what else one may do with it."""

RESULTS = "gradebook.results"
"""Over the results of a pupil in a period: what else one may read of them."""

GRADEBOOKS = "gradebook.gradebooks"
"""Over the list of gradebooks: what one may do with several of them."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """The cell of one pupil at one assessment."""

    assessment: Assessment
    pupil: Person


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A group, and the day on which an assessment is being planned."""

    group: CourseGroup
    day: date


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """The sheet of a group for a period, as somebody opened it."""

    group: CourseGroup
    period: ReportPeriod
    is_kept: bool
    """Whether the reader may write in it now: it is theirs, and not closed."""
    is_ones_own: bool
    """Whether it is the reader's to take away: they teach the group, or lead the school."""


@dataclass(frozen=True, slots=True)
class PeriodOfPupil:
    """The results of a pupil in a period."""

    pupil: Person
    period: ReportPeriod

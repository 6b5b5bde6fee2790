"""The places that pages of the gradebook leave open for the apps above, and what these are told there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from preau.people.models import Person
from preau.structure.models import CourseGroup

from .models import Assessment

CELL = "gradebook.cell"
"""Beside a grade: what one should know of this pupil at this assessment (absent, one third more time)."""

PUPILS = "gradebook.pupils"
"""Beside the names in a sheet: a function takes the group and returns links, by the key of the pupil."""

NEW_ASSESSMENT = "gradebook.new_assessment"
"""Under the date of an assessment: what one should know of this group on that day."""


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

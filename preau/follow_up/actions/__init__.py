"""All that people can do here."""

from .defaults import adopt_measures
from .measures import add_measure, change_measure
from .plans import (
    MeasureIsThere,
    PlanHasEnded,
    PupilHasAPlan,
    adjust,
    change_plan,
    drop_adjustment,
    end_plan,
    make_plan,
)
from .reading import acknowledge, note_opening

__all__ = [
    "MeasureIsThere",
    "PlanHasEnded",
    "PupilHasAPlan",
    "acknowledge",
    "add_measure",
    "adjust",
    "adopt_measures",
    "change_measure",
    "change_plan",
    "drop_adjustment",
    "end_plan",
    "make_plan",
    "note_opening",
]

"""What screens ask; nothing here writes."""

from .families import held_about
from .marking import Count, counted, flags, readable_for
from .plans import (
    PlanLine,
    PlanPage,
    Reader,
    Standing,
    latest_plan_of,
    measures_listed,
    plan_lines,
    plan_page,
    plans_found,
    pupils_to_plan_for,
    states_of,
)
from .reading import ToRead, plans_to_apply, unread_of

__all__ = [
    "Count",
    "PlanLine",
    "PlanPage",
    "Reader",
    "Standing",
    "ToRead",
    "counted",
    "flags",
    "held_about",
    "latest_plan_of",
    "measures_listed",
    "plan_lines",
    "plan_page",
    "plans_found",
    "plans_to_apply",
    "pupils_to_plan_for",
    "readable_for",
    "states_of",
    "unread_of",
]

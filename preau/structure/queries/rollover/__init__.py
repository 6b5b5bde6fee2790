"""What bringing a school year forward would do, said before it is done."""

from .applied import built_on, latest_rollover, rollover_under_way
from .courses import NextCourses
from .plan import RolloverPlan
from .planning import rollover_plan
from .settling import ToSettle, to_settle
from .steps import ClassPlan, GroupPlan, PupilPlan, Target

__all__ = [
    "ClassPlan",
    "GroupPlan",
    "NextCourses",
    "PupilPlan",
    "RolloverPlan",
    "Target",
    "ToSettle",
    "built_on",
    "latest_rollover",
    "rollover_plan",
    "rollover_under_way",
    "to_settle",
]

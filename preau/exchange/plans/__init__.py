"""Comparing the records of a file with what the school knows: what is new, changed, gone or in error."""

from collections.abc import Callable, Sequence

from preau.exchange.intake import Intake
from preau.kit.imports.records import Record

from .courses import plan_courses
from .grades import plan_grades
from .memberships import plan_memberships
from .people import plan_people
from .staff import plan_staff

Plan = Callable[[Intake, Sequence[Record]], None]

PLANS: dict[str, Plan] = {
    "people": plan_people,
    "staff": plan_staff,
    "courses": plan_courses,
    "memberships": plan_memberships,
    "grades": plan_grades,
}

"""
Who keeps and reads reasonable adjustments (fwb.md §7.4).

- The head, the deputies, the adjustments referent and the CPMS agent of the pupil keep the plans.
- While a plan holds, those who teach the pupil read the measures of their subject and of all subjects; the
  titulaire and the educators of the class read them all. They say that they have read.
- The pupil, and those who answer for the pupil with the right to see marks, read their own.
- Nobody else, the secretariat and other teachers included. There is no diagnosis for anybody to read.
"""

from django.utils.translation import gettext_lazy as _

from preau.kit.access import ITSELF, Rule, Standing, rule
from preau.kit.subjects import Subject, told_under
from preau.people.models import Duty, Person
from preau.people.relations import cares_for, holds, is_the
from preau.people.ties import in_force
from preau.structure.relations import is_a_teacher, is_a_tutor, looks_after, tutors

from .models import Adjustment, AdjustmentPlan
from .relations import enrolled, teaches_under_it, teaches_what_it_is_about

Kind = Duty.Kind
ADJUSTMENTS = Subject("adjustments", _("Reasonable adjustments"), "adjustments", 35)
leads = holds(Kind.HEAD, Kind.DEPUTY)


def _while_it_holds(prefix: str = "") -> Rule:
    """Make the rule that a plan is in force today. It looks at the clock when it is asked."""
    return rule(_("while the plan is in force"), lambda person: in_force(prefix=prefix))


def _keeps_for(pupil: str) -> Rule:
    return leads | looks_after(pupil, Kind.ADJUSTMENTS, Kind.GUIDANCE)


may_keep_plans: Standing = holds(Kind.HEAD, Kind.DEPUTY, Kind.ADJUSTMENTS, Kind.GUIDANCE)
"""May open the list of plans; each plan then has its own rule."""

may_keep_measures: Standing = holds(Kind.HEAD, Kind.DEPUTY, Kind.ADJUSTMENTS)
"""May change the school's list of measures."""

may_plan_for = (leads & enrolled(ITSELF) | looks_after(ITSELF, Kind.ADJUSTMENTS, Kind.GUIDANCE)).over(Person)
"""May make a plan for a pupil."""

may_keep_plan = _keeps_for("pupil").over(AdjustmentPlan)
"""May change and end a plan."""

may_keep_adjustment = _keeps_for("plan__pupil").over(Adjustment)
"""May take a measure off a plan."""

may_acknowledge = (
    teaches_under_it & _while_it_holds()
    | tutors("pupil") & _while_it_holds()
    | looks_after("pupil", Kind.EDUCATOR) & _while_it_holds()
).over(AdjustmentPlan)
"""Applies a plan, and says that it is read."""

may_read_as_family = (is_the("pupil") | cares_for("pupil")).over(AdjustmentPlan)
may_read_plan = (may_keep_plan | may_acknowledge | may_read_as_family).over(AdjustmentPlan)
"""May open a plan; its measures then have their own rule."""

may_read_at_work = (
    may_keep_adjustment
    | teaches_what_it_is_about & _while_it_holds("plan__")
    | tutors("plan__pupil") & _while_it_holds("plan__")
    | looks_after("plan__pupil", Kind.EDUCATOR) & _while_it_holds("plan__")
).over(Adjustment)
"""May know of a measure because of what one does in the school."""

may_read_adjustment = (may_read_at_work | is_the("plan__pupil") | cares_for("plan__pupil")).over(Adjustment)
"""May know of a measure, at work or at home."""

may_open_those_of_my_pupils: Standing = is_a_teacher | is_a_tutor | holds(Kind.EDUCATOR)
"""May open the list of the plans one applies."""

told_under(
    ADJUSTMENTS, may_read_plan, _("That a pupil has reasonable adjustments, and what for: never a diagnosis")
)
told_under(ADJUSTMENTS, may_read_adjustment, _("One measure, such as more time"))

"""Plans for the tests, made with the very actions that people use."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from preau.follow_up import actions
from preau.follow_up.models import AdjustmentPlan, Measure
from preau.people.models import Duty, Person
from tests.cast import FIRST_DAY

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Brussels"))
TUESDAY = datetime(2026, 11, 24, 10, 24, tzinfo=ZoneInfo("Europe/Brussels"))
SEPTEMBER = date(2026, 9, 1)


def measure(code: str) -> Measure:
    return Measure.objects.get(code=code)


def plan(school, pupil: Person, *codes: str, in_subject=None, **facts) -> AdjustmentPlan:
    """Make a plan with measures for all subjects; `in_subject={"CALCULATOR": subject}` adds others."""
    made = actions.make_plan(
        pupil=pupil,
        measures=[measure(code) for code in codes],
        by=school.pirard,
        at=MONDAY,
        **{"starts_on": SEPTEMBER, **facts},
    )
    for code, subject in (in_subject or {}).items():
        actions.adjust(plan=made, measure=measure(code), subject=subject, by=school.pirard, at=MONDAY)
    made.refresh_from_db()
    return made


def referent(school) -> Person:
    """Give the duty of adjustments referent to somebody who teaches nobody."""
    Duty.objects.create(person=school.zoe, kind=Duty.Kind.ADJUSTMENTS, starts_on=FIRST_DAY)
    return school.zoe

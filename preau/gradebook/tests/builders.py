"""Assessments and grades for the tests, prepared with the very actions that people use."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from preau.gradebook import actions
from preau.gradebook.models import Assessment, Grade
from preau.gradebook.typed import read_cell
from preau.grading.models import Category
from preau.grading.queries import tokens_by_sign
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod

TUESDAY = datetime(2026, 11, 24, 10, 24, tzinfo=ZoneInfo("Europe/Brussels"))


def assessment(
    group: CourseGroup,
    period: ReportPeriod,
    *,
    by: Person,
    title: str = "Radicaux",
    category: str = "INTERRO",
    out_of: int | str = 20,
    weight: int | str = 1,
    held_on: date = date(2026, 11, 20),
    **facts,
) -> Assessment:
    return actions.plan_assessment(
        group=group,
        period=period,
        category=Category.objects.get(code=category),
        by=by,
        at=TUESDAY,
        title=title,
        held_on=held_on,
        max_points=Decimal(out_of),
        weight=Decimal(weight),
        **facts,
    )


def grade(at_what: Assessment, pupil: Person, typed: str, *, by: Person, version: int = 0, **how) -> Grade:
    return actions.write_grade(
        assessment=at_what,
        pupil=pupil,
        typed=read_cell(typed, tokens_by_sign()),
        version=version,
        by=by,
        at=TUESDAY,
        **how,
    )


def sheet_of(group: CourseGroup, period: ReportPeriod) -> dict[str, int]:
    """Return the keys of a sheet's address."""
    return {"group_id": group.pk, "period_id": period.pk}

"""What a year comes to in a course: period by period, and all together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from preau.design.tabs import Tab
from preau.grading import averages
from preau.grading.queries import Schemes
from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod
from preau.structure.queries import members_of

from .results import PeriodResult, period_results


@dataclass(frozen=True, slots=True)
class YearRow:
    """A pupil, the result of each period (None where there is none), and the year."""

    pupil: Person
    results: list[PeriodResult | None]
    share: Fraction | None
    shown: Decimal | None
    fails: bool

    @property
    def trend(self) -> list[float | None]:
        return [None if it is None or it.share is None else float(it.share) for it in self.results]


def year_share(results: list[tuple[PeriodResult | None, ReportPeriod]]) -> Fraction | None:
    """Return the mean of the results of several periods, each with the weight of its period."""
    return averages.mean(
        (None if it is None or it.is_bracketed else it.share, Fraction(period.weight))
        for it, period in results
    )


def year_of(group: CourseGroup) -> dict[str, Any]:
    """Return the results of a group for the periods that have begun. Five queries a period."""
    year = group.school_year
    periods = [it for it in year.periods.order_by("starts_on") if it.starts_on <= clock.today()]
    by_period = [period_results(it, groups=[group.pk]) for it in periods]
    plan = Schemes(clock.today()).for_course(group.course).plan
    rows = [_row(pupil, group, periods, by_period, plan) for pupil in members_of(group, during=year)]
    return {"group": group, "periods": periods, "rows": rows, "plan": plan, "tabs": _tabs(group, periods)}


def _row(
    pupil: Person,
    group: CourseGroup,
    periods: list[ReportPeriod],
    by_period: list[dict[tuple[int, int], PeriodResult]],
    plan: averages.Plan,
) -> YearRow:
    results = [found.get((pupil.pk, group.pk)) for found in by_period]
    share = year_share(list(zip(results, periods, strict=True)))
    shown = plan.shown(share)
    return YearRow(pupil, results, share, shown, plan.fails(shown))


def _tabs(group: CourseGroup, periods: list[ReportPeriod]) -> list[Tab]:
    sheets = [Tab(it.name, reverse("gradebook:sheet", args=[group.pk, it.pk])) for it in periods]
    return [*sheets, Tab(_("Year"), reverse("gradebook:year", args=[group.pk]), is_current=True)]

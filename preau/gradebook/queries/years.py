"""What a year comes to in a course: period by period, and all together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from preau.design.tabs import Tab
from preau.grading.plans import Plan
from preau.grading.queries import Schemes
from preau.grading.results import year_share
from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod
from preau.structure.queries import members_of

from .results import results_of_periods
from .rows import Rows, only
from .scores import PupilResult


@dataclass(frozen=True, slots=True)
class YearRow:
    """A pupil, the result of each period (None where there is none), and the year."""

    pupil: Person
    by_period: list[tuple[ReportPeriod, PupilResult | None]]
    plan: Plan
    share: Fraction | None
    shown: Decimal | None

    @property
    def results(self) -> list[PupilResult | None]:
        return [result for _period, result in self.by_period]

    @property
    def fails(self) -> bool:
        return self.plan.fails(self.shown)

    @property
    def trend(self) -> list[float | None]:
        return [
            None if result is None or result.share is None else float(result.share) for result in self.results
        ]


def year_of(group: CourseGroup, read: Rows = None) -> dict[str, Any]:
    """
    Return the results of a group for the periods that have begun. As many queries as for one period.

    :param read: the pupils whose rows are read; all unless told
    """
    year = group.school_year
    periods = [period for period in year.periods.order_by("starts_on") if period.starts_on <= clock.today()]
    found = results_of_periods(periods, groups=[group.pk])
    on = periods[-1].starts_on if periods else clock.today()
    plan = Schemes(on).for_course(group.course).plan
    rows = [
        _row(pupil, [found[period.pk].get((pupil.pk, group.course_id)) for period in periods], periods, plan)
        for pupil in only(members_of(group, during=year), read)
    ]
    return {"group": group, "periods": periods, "rows": rows, "tabs": _tabs(group, periods)}


def year_of_pupil(group: CourseGroup, pupil_id: int, read: Rows = None) -> YearRow | None:
    """Return the year of one pupil; nothing where the row is not read."""
    rows: list[YearRow] = year_of(group, read)["rows"]
    return next((row for row in rows if row.pupil.pk == pupil_id), None)


def _row(
    pupil: Person, results: list[PupilResult | None], periods: list[ReportPeriod], plan: Plan
) -> YearRow:
    """Return the year of a pupil, on the scale of the latest period: as it was closed, else as it is now."""
    latest = results[-1].plan if results and results[-1] else plan
    shares = [
        (None if result is None else result.share, period.weight)
        for result, period in zip(results, periods, strict=True)
    ]
    share = year_share(shares, is_cumulative=latest.is_cumulative)
    return YearRow(pupil, list(zip(periods, results, strict=True)), latest, share, latest.shown(share))


def _tabs(group: CourseGroup, periods: list[ReportPeriod]) -> list[Tab]:
    sheets = [Tab(period.name, reverse("gradebook:sheet", args=[group.pk, period.pk])) for period in periods]
    return [*sheets, Tab(_("Year"), reverse("gradebook:year", args=[group.pk]), is_current=True)]

"""What a scheme would change, before it is kept: whose result moves, and who crosses the pass mark."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from preau.grading.models import Scheme
from preau.grading.queries import Schemes
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod

from .belongings import PupilAndCourse
from .results import period_results
from .scores import PupilResult

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Crossing:
    """A pupil who passes under one scheme and fails under the other."""

    pupil: Person
    group: CourseGroup
    before: Decimal | None
    after: Decimal | None
    is_rescued: bool


@dataclass(slots=True)
class Simulation:
    """What a proposed scheme would do to a period, on grades as they stand."""

    results: int = 0
    changed: int = 0
    failing_before: int = 0
    failing_after: int = 0
    shares_before: list[Decimal] = field(default_factory=list)
    shares_after: list[Decimal] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)
    crossing: int = 0
    """How many cross in all; `crossings` holds the first two hundred."""


def groups_under(scheme: Scheme, period: ReportPeriod) -> list[int]:
    """Return the keys of the groups that a scheme would rule in the year of a period."""
    groups = CourseGroup.objects.filter(school_year=period.school_year_id)
    if scheme.course_id:
        groups = groups.filter(course=scheme.course_id)
    if scheme.year_level_id:
        groups = groups.filter(course__year_level=scheme.year_level_id)
    if scheme.form:
        groups = groups.filter(course__form=scheme.form)
    return list(groups.values_list("pk", flat=True))


def simulate(proposed: Scheme, period: ReportPeriod) -> Simulation:
    """
    Compute a period twice, as it is and as it would be, from the grades that stand now.

    Frozen results are left aside: they would not move. Six queries whatever the number of results.
    """
    groups = groups_under(proposed, period)
    now = Schemes(period.starts_on)
    before = period_results(period, groups=groups, schemes=now, anew=True)
    after = period_results(period, groups=groups, schemes=now.instead(proposed), anew=True)
    return _compare(before, after)


def _compare(
    before: dict[PupilAndCourse, PupilResult], after: dict[PupilAndCourse, PupilResult]
) -> Simulation:
    told = Simulation(results=len(before))
    crossing: list[tuple[PupilResult, PupilResult]] = []
    for key, was in before.items():
        if key not in after:  # It stood on earlier periods alone, which would no longer count.
            told.changed += 1
            told.failing_before += was.fails
            told.shares_before += _percent(was)
            continue
        would = after[key]
        told.changed += (was.computed, was.scheme.scale) != (would.computed, would.scheme.scale)
        told.failing_before += was.fails
        told.failing_after += would.fails
        told.shares_before += _percent(was)
        told.shares_after += _percent(would)
        if was.fails != would.fails:
            crossing.append((was, would))
    told.crossing = len(crossing)
    told.crossings = _named(crossing[:MOST_SHOWN])
    return told


def _percent(result: PupilResult) -> list[Decimal]:
    return [] if result.computed is None else [result.computed * 100 / result.scheme.scale]


def _named(crossing: list[tuple[PupilResult, PupilResult]]) -> list[Crossing]:
    pupils = Person.objects.in_bulk({was.pupil_id for was, _would in crossing})
    groups = CourseGroup.objects.select_related("course").in_bulk({was.group_id for was, _would in crossing})
    named = [
        Crossing(pupils[was.pupil_id], groups[was.group_id], was.computed, would.computed, was.fails)
        for was, would in crossing
    ]
    return sorted(
        named,
        key=lambda crossing: (crossing.is_rescued, crossing.group.course.name, crossing.pupil.sort_name),
    )

"""The figures behind the pictures: one test, a class over the year, a pupil against their own past."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import compress
from statistics import mean, median
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from preau.grading.averages import Effect
from preau.grading.models import Level, Token
from preau.grading.plans import Plan
from preau.grading.queries import Schemes, levels_of
from preau.grading.results import mean_figure, nearest
from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod
from preau.structure.queries import current_year, periods_of

from ..models import Assessment, Grade
from ..pictures import bins
from .reading import CourseReading, readable_year
from .results import results_of_periods
from .rows import Rows
from .scores import score_of

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """A tenth of the maximum, and how many grades fall in it."""

    starts: Decimal
    ends: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class TestFigures:
    """How the grades of one assessment are spread."""

    assessment: Assessment
    points: list[Decimal]
    pass_mark: Decimal
    mean: Decimal | None
    median: Decimal | None
    failing: int
    bins: list[Bin]
    tokens: list[tuple[Token, int]]
    levels: list[tuple[Level, int]]


def test_figures(assessment: Assessment, read: Rows = None) -> TestFigures:  # noqa: PT028 – no test of ours
    """
    Return how the grades of an assessment are spread: points, tokens, levels. Two queries.

    A token that counts as zero is nought points, here as in the mean of the sheet.

    :param read: the pupils whose rows are read; all unless told
    """
    grades = list(_of(Grade.objects.filter(assessment=assessment), read))
    scheme = Schemes(assessment.period.starts_on).for_course(assessment.group.course)
    achieved = (score_of(grade, assessment, scheme) for grade in grades)
    points = sorted(cell.points for cell in achieved if cell.effect in {Effect.COUNTS, Effect.ZERO})
    step = assessment.max_points / TENTHS
    signs = Counter(grade.token for grade in grades if grade.token)
    met = Counter(grade.level_id for grade in grades if grade.level_id)
    return TestFigures(
        assessment=assessment,
        points=points,
        pass_mark=scheme.pass_mark,
        mean=mean_figure(points),
        median=nearest(median(points)) if points else None,
        failing=sum(1 for point in points if scheme.plan.is_low(point, assessment.max_points)),
        bins=[
            Bin(step * place, step * (place + 1), count)
            for place, count in enumerate(bins(points, assessment.max_points))
        ],
        tokens=sorted(signs.items(), key=lambda counted: counted[0].rank),
        levels=[(level, met[level.pk]) for level in levels_of(assessment.scale_id)],
    )


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """An assessment of a group: what the class made of it, as shares of the maximum."""

    assessment: Assessment
    mean: Fraction
    median: Fraction
    grades: int


def _of(grades: QuerySet[Grade], read: Rows) -> QuerySet[Grade]:
    return (grades if read is None else grades.filter(pupil__in=read)).select_related("token")


def trend_of(group: CourseGroup, read: Rows = None) -> dict[str, Any]:
    """Return the assessments of a group in points, from the oldest, with mean and median. Two queries."""
    assessments = {
        assessment.pk: assessment
        for assessment in Assessment.objects.filter(group=group)
        .select_related("period", "category")
        .order_by("period__starts_on", "held_on", "rank", "pk")
    }
    shares: defaultdict[int, list[Fraction]] = defaultdict(list)
    for grade in _of(Grade.objects.filter(assessment__group=group), read):
        assessment = assessments[grade.assessment_id]
        scheme = Schemes(assessment.period.starts_on).for_course(group.course)
        found = score_of(grade, assessment, scheme)
        if found.effect in {Effect.COUNTS, Effect.ZERO}:
            shares[assessment.pk].append(found.share)
    points = [
        TrendPoint(assessment, mean(shares[key]), median(shares[key]), len(shares[key]))
        for key, assessment in assessments.items()
        if shares[key]
    ]
    return {"points": points, "pass_mark": Schemes(clock.today()).for_course(group.course).pass_mark}


@dataclass(frozen=True, slots=True)
class PastCourse:
    """A course of a pupil over the year, period by period; the median where the school shows it."""

    group: CourseGroup
    plan: Plan
    shares: list[Fraction | None]
    shown: list[Decimal | None]
    medians: list[Fraction | None]

    @property
    def has_medians(self) -> bool:
        return any(median is not None for median in self.medians)


def past_of(pupil: Person, reader: Person) -> dict[str, Any]:
    """
    Return the courses of a pupil over the year, period by period, made of what the reader may read alone.

    Nobody else's results are in it, but for the median of the group where the school chose to show it.
    """
    periods = [period for period in periods_of(current_year()) if period.starts_on <= clock.today()]
    found: defaultdict[int, dict[int, CourseReading]] = defaultdict(dict)
    for period, readings in readable_year(pupil, periods, reader).items():
        for reading in readings:
            found[reading.group.course_id][period] = reading
    latest = [list(by_period.values())[-1].group for by_period in found.values()]
    medians = _medians(latest, periods) if settings.FAMILIES_SEE_MEDIAN else {}
    courses = [
        _past_course(group, found[group.course_id], periods, medians)
        for group in sorted(latest, key=lambda group: (group.course.subject.rank, group.course.name))
    ]
    has_a_result = (any(figure is not None for figure in course.shown) for course in courses)
    return {"periods": periods, "courses": list(compress(courses, has_a_result))}


def _past_course(
    group: CourseGroup,
    by_period: dict[int, CourseReading],
    periods: list[ReportPeriod],
    medians: dict[tuple[int, int], Fraction],
) -> PastCourse:
    results = [by_period[period.pk].result if period.pk in by_period else None for period in periods]
    return PastCourse(
        group,
        list(by_period.values())[-1].scheme.plan,
        [None if result is None else result.share for result in results],
        [None if result is None else result.computed for result in results],
        [medians.get((group.course_id, period.pk)) for period in periods],
    )


def _medians(groups: list[CourseGroup], periods: list[ReportPeriod]) -> dict[tuple[int, int], Fraction]:
    """Return the median of the frozen results of each course's group and period, as a share."""
    found: dict[tuple[int, int], Fraction] = {}
    keys = {group.pk for group in groups}
    for period, results in results_of_periods(periods, groups=keys).items():
        shares: defaultdict[int, list[Fraction]] = defaultdict(list)
        for (_pupil, course), result in results.items():
            if result.is_frozen and result.group_id in keys and result.share is not None:
                shares[course].append(result.share)
        found |= {(course, period): median(values) for course, values in shares.items()}
    return found

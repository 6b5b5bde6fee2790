"""The figures behind the pictures: one test, a class over the year, a pupil against their own past."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import mean, median
from typing import Any

from django.conf import settings

from preau.grading import averages
from preau.grading.averages import Plan
from preau.grading.models import CourseResult, Level, Token
from preau.grading.queries import Schemes, levels_of
from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod
from preau.structure.queries import current_year, periods_of

from ..models import Assessment, Grade
from ..pictures import bins
from ..rules import may_read_grade
from .results import score

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


def test_figures(assessment: Assessment) -> TestFigures:
    """Return how the grades of an assessment are spread: points, tokens, levels. Two queries."""
    grades = list(Grade.objects.filter(assessment=assessment).select_related("token"))
    points = sorted(it.points for it in grades if it.points is not None)
    plan = Schemes(assessment.period.starts_on).for_course(assessment.group.course).plan
    half = plan.pass_mark * assessment.max_points / 100
    step = assessment.max_points / TENTHS
    signs = Counter(it.token for it in grades if it.token)
    met = Counter(it.level_id for it in grades if it.level_id)
    return TestFigures(
        assessment=assessment,
        points=points,
        pass_mark=plan.pass_mark,
        mean=_rounded(sum(points, Decimal(0)) / len(points)) if points else None,
        median=_rounded(Decimal(median(points))) if points else None,
        failing=sum(1 for it in points if it < half),
        bins=[
            Bin(step * place, step * (place + 1), count)
            for place, count in enumerate(bins(points, assessment.max_points))
        ],
        tokens=sorted(signs.items(), key=lambda it: it[0].rank),
        levels=[(level, met[level.pk]) for level in levels_of(assessment.scale_id)],
    )


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """An assessment of a group: what the class made of it, as shares of the maximum."""

    assessment: Assessment
    mean: float
    median: float
    grades: int


def trend_of(group: CourseGroup) -> dict[str, Any]:
    """Return the assessments of a group in points, from the oldest, with mean and median. Two queries."""
    assessments = {
        it.pk: it
        for it in Assessment.objects.filter(group=group)
        .select_related("period", "category")
        .order_by("period__starts_on", "held_on", "rank", "pk")
    }
    shares: defaultdict[int, list[float]] = defaultdict(list)
    grades = Grade.objects.filter(assessment__group=group, points__isnull=False)
    for key, points in grades.values_list("assessment", "points"):
        shares[key].append(float(points / assessments[key].max_points))
    points = [
        TrendPoint(it, mean(shares[key]), median(shares[key]), len(shares[key]))
        for key, it in assessments.items()
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
    medians: list[float | None]

    @property
    def has_medians(self) -> bool:
        return any(it is not None for it in self.medians)


def past_of(pupil: Person, reader: Person) -> dict[str, Any]:
    """
    Return the courses of a pupil over the year, period by period, made of what the reader may read alone.

    Nobody else's results are in it, but for the median of the group where the school chose to show it.
    """
    year = current_year()
    periods = [it for it in periods_of(year) if it.starts_on <= clock.today()]
    grades = may_read_grade.among(
        Grade.objects.filter(pupil=pupil, assessment__period__school_year=year), reader
    ).select_related("token", "assessment__category", "assessment__group__course__subject")
    found: defaultdict[int, defaultdict[int, list[Grade]]] = defaultdict(lambda: defaultdict(list))
    groups: dict[int, CourseGroup] = {}
    for grade in grades:
        if grade.assessment.counts:
            found[grade.assessment.group_id][grade.assessment.period_id].append(grade)
            groups[grade.assessment.group_id] = grade.assessment.group
    medians = _medians(list(found), periods) if settings.FAMILIES_SEE_MEDIAN else {}
    courses = [_past_course(groups[key], by_period, periods, medians) for key, by_period in found.items()]
    courses.sort(key=lambda it: (it.group.course.subject.rank, it.group.course.name))
    return {"periods": periods, "courses": [it for it in courses if any(it.shown)]}


def _past_course(
    group: CourseGroup,
    by_period: dict[int, list[Grade]],
    periods: list[ReportPeriod],
    medians: dict[tuple[int, int], float],
) -> PastCourse:
    shares: list[Fraction | None] = []
    shown: list[Decimal | None] = []
    plan = Schemes(clock.today()).for_course(group.course).plan
    for period in periods:
        scheme = Schemes(period.starts_on).for_course(group.course)
        scores = [
            score(
                it.points,
                scheme.effect(it.token.code if it.token else "", it.token.effect if it.token else None),
                it.assessment,
            )
            for it in by_period.get(period.pk, [])
        ]
        result = averages.result(scores, scheme.plan)
        share = result.share if result.is_assessable else None
        shares.append(share)
        shown.append(scheme.plan.shown(share))
    return PastCourse(group, plan, shares, shown, [medians.get((group.pk, it.pk)) for it in periods])


def _medians(groups: list[int], periods: list[ReportPeriod]) -> dict[tuple[int, int], float]:
    """Return the median of the frozen results of each group and period, as a share. One query."""
    frozen = CourseResult.objects.filter(
        group__in=groups, period__in=periods, computed_at__isnull=False, share__isnull=False
    )
    shares: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for group_id, period_id, share in frozen.values_list("group", "period", "share"):
        shares[group_id, period_id].append(float(share or 0))
    return {key: median(values) for key, values in shares.items()}

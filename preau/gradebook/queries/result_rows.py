"""What results are read from, each question put together once: who was where, what is kept or graded."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from preau.grading.models import CourseResult
from preau.kit.questions import asked_often
from preau.structure.models import GroupMembership

from ..models import Assessment, Grade

FIGURES = ("share", "computed", "daily_work", "exam", "exam_token", "is_assessable", "computed_at")
DECIDED = ("chosen", "deliberated", "attribute")
KEPT = ("pupil_id", "group_id", "group__course_id", "period_id", "scheme_id", *FIGURES, *DECIDED)
CELL = ("pupil_id", "assessment_id", "points", "token__effect", "token__code", "level_id")
IN_ORDER = ("period__starts_on", "rank", "held_on", "pk")


SPAN = ("pupil_id", "group__course_id", "starts_on", "ends_on", "group_id")


@asked_often
def spans(year: int, pupils: list[int] | None) -> QuerySet:
    """Return which groups of which courses pupils are or were in, in order: from when, to when."""
    return _spans(GroupMembership.objects.filter(group__school_year=year), pupils)


@asked_often
def spans_in_groups(groups: list[int], pupils: list[int] | None) -> QuerySet:
    """Return who is or was in some groups: from when, to when."""
    return _spans(GroupMembership.objects.filter(group__in=groups), pupils)


@asked_often
def spans_beside_groups(
    year: int, courses: list[int], groups: list[int], pupils: list[int] | None
) -> QuerySet:
    """Return who is or was in other groups of these courses that year: from when, to when."""
    ties = GroupMembership.objects.filter(group__school_year=year, group__course__in=courses)
    return _spans(ties.exclude(group__in=groups), pupils)


def _spans(ties: QuerySet[GroupMembership], pupils: list[int] | None) -> QuerySet:
    if pupils is not None:
        ties = ties.filter(pupil__in=pupils)
    return ties.order_by("starts_on", "pk").values_list("pk", *SPAN)


@asked_often
def results(periods: list[int], groups: list[int] | None, pupils: list[int] | None) -> QuerySet:
    """Return what is kept of the results of some periods."""
    return _results(periods, groups, pupils).values_list(*KEPT, named=True)


@asked_often
def results_with_scores(periods: list[int], groups: list[int] | None, pupils: list[int] | None) -> QuerySet:
    """Return what is kept of the results of some periods, and the scores they were made of."""
    return _results(periods, groups, pupils).values_list(*KEPT, "scores", named=True)


def _results(
    periods: list[int], groups: list[int] | None, pupils: list[int] | None
) -> QuerySet[CourseResult]:
    found = CourseResult.objects.filter(period__in=periods)
    if pupils is not None:
        found = found.filter(pupil__in=pupils)
    if groups is not None:
        found = found.filter(group__in=groups)
    return found.order_by("pk")


@asked_often
def frozen_groups(periods: list[int], groups: list[int]) -> QuerySet:
    """Return in which of these groups results of these periods are frozen: period, group."""
    frozen = CourseResult.objects.filter(period__in=periods, group__in=groups, computed_at__isnull=False)
    return frozen.values_list("period_id", "group_id").distinct()


@asked_often
def cells(
    periods: list[int], year: int, before: date | None, groups: list[int] | None, pupils: list[int] | None
) -> QuerySet:
    """Return the cells of some periods, and of those of a year that begin before a day."""
    grades = Grade.objects.filter(_in_time("assessment__period", periods, year, before))
    if groups is not None:
        grades = grades.filter(assessment__group__in=groups)
    if pupils is not None:
        grades = grades.filter(pupil__in=pupils)
    return grades.values_list(*CELL)


@asked_often
def assessments(
    periods: list[int], year: int, before: date | None, groups: list[int] | None, keys: list[int] | None
) -> QuerySet[Assessment]:
    """Return the assessments of the same periods, in the order of the gradebook."""
    found = Assessment.objects.filter(_in_time("period", periods, year, before))
    if groups is not None:
        found = found.filter(group__in=groups)
    if keys is not None:
        found = found.filter(pk__in=keys)
    return found.select_related("category", "group__course", "period").order_by(*IN_ORDER)


def _in_time(period: str, periods: list[int], year: int, before: date | None) -> Q:
    wanted = Q(**{f"{period}__in": periods})
    if before is None:
        return wanted
    return wanted | Q(**{f"{period}__school_year": year, f"{period}__starts_on__lt": before})

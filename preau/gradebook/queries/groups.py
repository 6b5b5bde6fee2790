"""The gradebooks a teacher keeps, and what remains to be typed in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod

from ..models import Assessment, Closing


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A gradebook in a list: the group, how many pupils, assessments and missing grades in the period."""

    group: CourseGroup
    pupils: int
    assessments: int
    missing: int
    is_closed: bool


def course_groups_of(groups: QuerySet[CourseGroup], period: ReportPeriod) -> list[GroupLine]:
    """Return the groups of a list with how far their gradebooks are. Five queries."""
    chosen = list(groups.select_related("course__subject", "course__year_level"))
    keys = [group.pk for group in chosen]
    pupils = Counter(
        GroupMembership.objects.filter(group__in=keys)
        .in_force(_day_in(period))
        .values_list("group_id", flat=True)
    )
    assessments = Counter(
        Assessment.objects.filter(group__in=keys, period=period).values_list("group_id", flat=True)
    )
    missing = _missing(keys, period)
    closed = set(
        Closing.objects.filter(group__in=keys, period=period, reopened_at=None).values_list(
            "group_id", flat=True
        )
    )
    return [
        GroupLine(it, pupils[it.pk], assessments[it.pk], missing.get(it.pk, 0), it.pk in closed)
        for it in chosen
    ]


def missing_grades_of(teacher: Person, period: ReportPeriod) -> int:
    """Return how many grades a teacher still has to type for assessments already held. Two queries."""
    groups = CourseGroup.objects.filter(
        pk__in=teacher.assignments.in_force().values("group"), school_year=period.school_year_id
    )
    return sum(_missing(list(groups.values_list("pk", flat=True)), period).values())


def _missing(groups: list[int], period: ReportPeriod) -> dict[int, int]:
    """Return, by group, the cells of assessments already held in which nothing stands."""
    today = clock.today()
    held = Q(held_on__lte=today, period=period, group__in=groups)
    here = Q(group__memberships__starts_on__lte=F("held_on")) & (
        Q(group__memberships__ends_on=None) | Q(group__memberships__ends_on__gt=today)
    )
    expected = Counter(
        dict(
            Assessment.objects.filter(held)
            .filter(here)
            .values("group_id")
            .annotate(cells=Count("group__memberships"))
            .values_list("group_id", "cells")
        )
    )
    written = dict(
        Assessment.objects.filter(held)
        .filter(Q(grades__points__isnull=False) | Q(grades__token__isnull=False))
        .filter(
            Q(grades__pupil__memberships__group=F("group"))
            & Q(grades__pupil__memberships__starts_on__lte=F("held_on"))
            & (Q(grades__pupil__memberships__ends_on=None) | Q(grades__pupil__memberships__ends_on__gt=today))
        )
        .values("group_id")
        .annotate(cells=Count("grades", distinct=True))
        .values_list("group_id", "cells")
    )
    return {group: max(count - written.get(group, 0), 0) for group, count in expected.items()}


def _day_in(period: ReportPeriod) -> date:
    """Return today, or the last day of a period that is over: the day on which its pupils are counted."""
    last = clock.today()
    return min(max(last, period.starts_on), period.ends_on)

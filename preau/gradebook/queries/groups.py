"""The gradebooks a teacher keeps, and what remains to be typed in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod

from ..models import Assessment, Closing, Grade


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


def gradebooks_of(teacher: Person, period: ReportPeriod) -> list[GroupLine]:
    """Return the gradebooks a teacher keeps in a period, with how far they are."""
    groups = CourseGroup.objects.filter(
        pk__in=teacher.assignments.in_force().values("group"), school_year=period.school_year_id
    )
    return course_groups_of(groups, period)


def missing_grades_of(teacher: Person, period: ReportPeriod) -> int:
    """Return how many grades a teacher still has to type for assessments already held. One query."""
    return sum(_missing(teacher.assignments.in_force().values("group"), period).values())


def _missing(groups: Any, period: ReportPeriod) -> dict[int, int]:
    """Return, by group, the cells of assessments held and counted in which nothing stands. One query."""
    today = clock.today()
    still_here = Q(ends_on=None) | Q(ends_on__gt=today)
    here = GroupMembership.objects.filter(
        still_here, group=OuterRef("group"), starts_on__lte=OuterRef("held_on")
    )
    written = Grade.objects.filter(
        Q(points__isnull=False) | Q(token__isnull=False) | Q(level__isnull=False), assessment=OuterRef("pk")
    )
    held = Assessment.objects.filter(
        group__in=groups, period=period, held_on__lte=today, neutralised_at=None
    ).annotate(
        expected=_count(here), written=_count(written), not_expected=_count(_of_others(written, still_here))
    )
    found: Counter[int] = Counter()
    for group, *counts in held.values_list("group_id", "expected", "written", "not_expected"):
        expected, there, not_expected = counts
        found[group] += max(expected - there + not_expected, 0)
    return found


def _of_others(written: QuerySet[Grade], still_here: Q) -> QuerySet[Grade]:
    """Keep the grades of those who left the group, or came after the assessment: they are few to look up."""
    mates = GroupMembership.objects.filter(group=OuterRef("assessment__group"))
    elsewhere = mates.exclude(still_here, starts_on__lte=OuterRef("assessment__held_on"))
    here = mates.filter(still_here, starts_on__lte=OuterRef("assessment__held_on"), pupil=OuterRef("pupil"))
    return written.filter(~Exists(here), pupil__in=elsewhere.values("pupil"))


def _count(rows: QuerySet[Any]) -> Coalesce:
    """Return the number of rows of a correlated subquery."""
    counted = rows.order_by().annotate(count=Func(F("pk"), function="COUNT")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _day_in(period: ReportPeriod) -> date:
    """Return today, or the last day of a period that is over: the day on which its pupils are counted."""
    last = clock.today()
    return min(max(last, period.starts_on), period.ends_on)

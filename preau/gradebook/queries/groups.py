"""The gradebooks a teacher keeps, and what remains to be typed in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet

from preau.grading.models import Closing
from preau.kit import clock
from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod
from preau.structure.relations import groups_of

from ..models import Assessment


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A gradebook in a list: the group, how many pupils, assessments and missing grades in the period."""

    group: CourseGroup
    pupils: int
    assessments: int
    missing: int
    is_closed: bool


def course_groups_of(
    groups: QuerySet[CourseGroup], period: ReportPeriod, missing: Mapping[int, int] | None = None
) -> list[GroupLine]:
    """Return the groups of a list with how far their gradebooks are. Five queries, or four."""
    chosen = list(groups.select_related("course__subject", "course__year_level"))
    keys = [group.pk for group in chosen]
    pupils = Counter(dict(_pupils_by_group(keys, _day_in(period))))
    assessments = Counter(dict(_assessments_by_group(keys, period.pk)))
    missing = _missing(keys, period) if missing is None else missing
    closed = set(
        Closing.objects.filter(group__in=keys, period=period, reopened_at=None).values_list(
            "group_id", flat=True
        )
    )
    return [
        GroupLine(
            group, pupils[group.pk], assessments[group.pk], missing.get(group.pk, 0), group.pk in closed
        )
        for group in chosen
    ]


@asked_often
def _pupils_by_group(groups: list[int], day: date) -> QuerySet:
    ties = GroupMembership.objects.filter(group__in=groups).in_force(day)
    found: QuerySet = ties.values_list("group").annotate(Count("pk")).order_by()
    return found


@asked_often
def _assessments_by_group(groups: list[int], period: int) -> QuerySet:
    there = Assessment.objects.filter(group__in=groups, period=period)
    found: QuerySet = there.values_list("group").annotate(Count("pk")).order_by()
    return found


def gradebooks_of(teacher: Person, period: ReportPeriod) -> list[GroupLine]:
    """Return the gradebooks a teacher keeps in a period, with how far they are."""
    groups = CourseGroup.objects.filter(pk__in=groups_of(teacher), school_year=period.school_year_id)
    return course_groups_of(groups, period, _missing_of(teacher, period))


def missing_grades_of(teacher: Person, period: ReportPeriod) -> int:
    """Return how many grades a teacher still has to type for assessments already held. One query at most."""
    return sum(_missing_of(teacher, period).values())


def _missing_of(teacher: Person, period: ReportPeriod) -> dict[int, int]:
    """Return what a teacher still has to type, by group: the menu says how many, a card where."""
    question = ("missing grades", period.pk)
    return teacher.recall(question, lambda: _missing(groups_of(teacher), period))


MISSING = """
SELECT a.group_id,
  (SELECT COUNT(*) FROM structure_groupmembership m WHERE m.group_id = a.group_id
    AND m.starts_on <= a.held_on AND (m.ends_on IS NULL OR m.ends_on > %(today)s)),
  (SELECT COUNT(*) FROM gradebook_grade g WHERE g.assessment_id = a.id
    AND (g.points IS NOT NULL OR g.token_id IS NOT NULL OR g.level_id IS NOT NULL)),
  (SELECT COUNT(DISTINCT g.id) FROM structure_groupmembership gone
    JOIN gradebook_grade g ON g.assessment_id = a.id AND g.pupil_id = gone.pupil_id
    WHERE gone.group_id = a.group_id AND (gone.starts_on > a.held_on OR gone.ends_on <= %(today)s)
    AND (g.points IS NOT NULL OR g.token_id IS NOT NULL OR g.level_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM structure_groupmembership m WHERE m.group_id = a.group_id
      AND m.pupil_id = g.pupil_id
      AND m.starts_on <= a.held_on AND (m.ends_on IS NULL OR m.ends_on > %(today)s)))
FROM gradebook_assessment a
WHERE a.period_id = %(period)s AND a.held_on <= %(today)s AND a.neutralised_at IS NULL AND a.group_id IN
"""
"""
Of each assessment held and counted: its group, the pupils awaited, the cells in which something stands, and
those of these that are of pupils not awaited: they left, or came later. Every page of a teacher asks this;
putting the question together anew would cost more than the answer.
"""


def _missing(groups: list[int], period: ReportPeriod) -> dict[int, int]:
    """Return, by group, the cells of assessments held and counted in which nothing stands. One query."""
    found: Counter[int] = Counter()
    if not groups:
        return found
    facts: dict[str, Any] = {
        "today": connection.ops.adapt_datefield_value(clock.today()),
        "period": period.pk,
    }
    asked = {f"group{number}": key for number, key in enumerate(groups)}
    among = ", ".join(f"%({name})s" for name in asked)
    with connection.cursor() as cursor:
        cursor.execute(f"{MISSING} ({among})", facts | asked)
        for group, awaited, written, of_others in cursor.fetchall():
            found[group] += max(awaited - written + of_others, 0)
    return found


def _day_in(period: ReportPeriod) -> date:
    """Return today, or the last day of a period that is over: the day on which its pupils are counted."""
    last = clock.today()
    return min(max(last, period.starts_on), period.ends_on)

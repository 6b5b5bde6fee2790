"""The assessments of a school year: how many per group and period, when held, out of how much."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from preau.grading.models import Category
from preau.kit import clock
from preau.people.releases import moments_from
from preau.structure.demo import Group, Year
from preau.structure.models import CalendarEvent, ReportPeriod

from ..models import Assessment, Publication
from .chances import MAXIMA, MAXIMA_SHARES
from .topics import categories_of, topics_of

NEUTRALISED = 0.01
FORMATIVE = 0.03
WITHOUT_EXAM = ("AC", "RENF", "REM", "STAGE")
EXAM_DAYS = {"P2": (date(2026, 12, 7), 8), "JUIN": (date(2027, 5, 31), 14)}
"""The first day of each session, and how many school days it lasts."""
TEACHING_STARTS = {"JUIN": date(2027, 5, 10)}


@dataclass
class Planned:
    """An assessment, its group, and who had the group when it was held."""

    record: Assessment
    group: Group
    teacher_id: int

    def __post_init__(self) -> None:
        self.is_exam = self.record.category.component == Category.Component.EXAM
        self.out_of = int(self.record.max_points)


class Planner:
    """Plans the assessments of one school year."""

    def __init__(self, rng: random.Random, year: Year, categories: dict[str, Category]) -> None:
        self.rng, self.year, self.categories = rng, year, categories
        self.back = timedelta(days=364 * year.years_ago)
        self.off = _days_off(year)
        self.tests = {period.pk: self._days_of_tests(period) for period in year.periods}
        self.exams = {period.pk: self._days_of_exams(period) for period in year.periods}

    def plan(self) -> list[Planned]:
        return [
            planned
            for group in self.year.groups
            if group.is_marked
            for period in self.year.periods
            for planned in self._of_group(group, period)
        ]

    def _of_group(self, group: Group, period: ReportPeriod) -> list[Planned]:
        exams = number_of_exams(group) if period.kind == ReportPeriod.Kind.MIXED else 0
        days = sorted(self.rng.sample(self.tests[period.pk], number_of_tests(group, period)))
        topics = topics_of(group.line.subject)
        topics = self.rng.sample(topics, len(topics))
        planned = [
            self._test(group, period, rank, day, topics[rank % len(topics)]) for rank, day in enumerate(days)
        ]
        for number in range(exams):
            planned.append(self._exam(group, period, len(planned), number, exams))
        return planned

    def _test(self, group: Group, period: ReportPeriod, rank: int, day: date, topic: str) -> Planned:
        is_formative = rank > 0 and self.rng.random() < FORMATIVE
        assessment = self._assessment(group, period, rank, day, topic)
        assessment.category = self.categories[self.rng.choice(categories_of(group.line.subject))]
        assessment.max_points = Decimal(self.rng.choices(MAXIMA, MAXIMA_SHARES)[0])
        assessment.weight = Decimal(2 if self.rng.random() < 0.15 else 1)
        assessment.purpose = (
            Assessment.Purpose.FORMATIVE if is_formative else Assessment.Purpose.CERTIFICATIVE
        )
        return self._planned(assessment, group)

    def _exam(self, group: Group, period: ReportPeriod, rank: int, number: int, exams: int) -> Planned:
        title = ("Examen écrit", "Examen oral")[number] if exams > 1 else "Examen"
        assessment = self._assessment(group, period, rank, self.rng.choice(self.exams[period.pk]), title)
        assessment.category = self.categories["EXAMEN"]
        assessment.max_points = Decimal(self.rng.choice((50, 100, 100)))
        return self._planned(assessment, group)

    def _assessment(self, group: Group, period: ReportPeriod, rank: int, day: date, title: str) -> Assessment:
        return Assessment(
            group=group.record, period=period, rank=rank, held_on=day, title=title, created_at=at(day, -3, 17)
        )

    def _planned(self, assessment: Assessment, group: Group) -> Planned:
        teacher = group.teacher_on(assessment.held_on)
        assessment.created_by = teacher
        if self.rng.random() < NEUTRALISED and assessment.held_on <= clock.today():
            assessment.neutralised_at, assessment.neutralised_by = at(assessment.held_on, 3, 18), teacher
        return Planned(assessment, group, teacher.pk)

    def _days_of_tests(self, period: ReportPeriod) -> list[date]:
        starts_on = TEACHING_STARTS.get(period.code, period.starts_on + self.back) - self.back
        exams = EXAM_DAYS.get(period.code)
        ends_on = exams[0] - self.back if exams else period.ends_on - timedelta(days=5)
        return [day for day in _days(starts_on, ends_on) if day.weekday() < 5 and day not in self.off]

    def _days_of_exams(self, period: ReportPeriod) -> list[date]:
        if period.code not in EXAM_DAYS:
            return []
        first, number = EXAM_DAYS[period.code]
        days = _days(first - self.back, period.ends_on)
        return [day for day in days if day.weekday() < 5 and day not in self.off][:number]


def number_of_exams(group: Group) -> int:
    """Return how many examinations a session has: none in sport, two in the longest courses."""
    line = group.line
    if line.periods < 2 or line.status in WITHOUT_EXAM or line.subject == "GYM":
        return 0
    return 2 if line.periods >= 5 else 1


def number_of_tests(group: Group, period: ReportPeriod) -> int:
    """Return how many tests a group has in a period; few in June, when examinations count."""
    if period.code != "JUIN":
        return max(2, round(0.9 * group.line.periods + 1.2))
    return 2 if number_of_exams(group) == 0 else int(group.line.periods >= 4)


def publications(planned: list[Planned]) -> list[Publication]:
    """Let pupils and parents read what is over: examinations once the period is, tests some days later."""
    found = []
    for plan in planned:
        moment = at(plan.record.held_on, 4, 16)
        if plan.is_exam:
            moment = at(plan.record.period.ends_on, -1, 12)
        if moment <= clock.now():
            found.append(
                Publication(
                    assessment=plan.record,
                    published_by_id=plan.teacher_id,
                    **moments_from(moment),
                )
            )
    return found


def at(day: date, days_later: int, hour: int) -> datetime:
    """Return an hour some days after a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=days_later), time(hour)))


def _days(starts_on: date, ends_on: date) -> list[date]:
    return [starts_on + timedelta(days=number) for number in range((ends_on - starts_on).days)]


def _days_off(year: Year) -> set[date]:
    events = CalendarEvent.objects.filter(school_year=year.record)
    return {day for event in events for day in _days(event.starts_on, event.ends_on)}

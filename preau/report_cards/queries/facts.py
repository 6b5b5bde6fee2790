"""
What a report card says, as plain data: the immutable snapshot.

Figures are text with a point (`"46.5"`), as exact as they are shown; whoever draws them writes the comma.
Nothing here is a word of the software, but for a philosophical course, whose religion no card names: those
are said in the reader's language when the card is drawn. Only what belongs to the pupil stands here: no
average of the class, nothing of anyone else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import override

from preau.gradebook.queries import PupilResult
from preau.grading import averages
from preau.grading.plans import Plan
from preau.grading.results import year_share
from preau.people.models import Person
from preau.structure.models import ClassGroup, Course, CourseGroup, ReportPeriod

from .records import PeriodRecords, records_of

NOT_ASSESSABLE = "NE"
Facts = dict[str, Any]
Figure = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the card of one pupil says today."""

    pupil: Person
    class_group: ClassGroup
    facts: Facts


@dataclass(frozen=True)
class CourseSoFar:
    """A course of a pupil with its results so far, while the card is worked out."""

    group: CourseGroup
    plan: Plan
    now: PupilResult | None
    results: list[tuple[ReportPeriod, PupilResult | None]]
    """Period by period, this one last."""

    @cached_property
    def counted(self) -> list[tuple[ReportPeriod, PupilResult]]:
        """Return what there is. What the council put in brackets is left out."""
        return [
            (period, result)
            for period, result in self.results
            if result is not None and result.share is not None
        ]

    @cached_property
    def standing(self) -> Fraction | None:
        """Return where the course stands now, from 0 to 1."""
        return self._year_share(self.results)

    @cached_property
    def standing_before(self) -> Fraction | None:
        """Return where the course stood at the end of the period before."""
        return self._year_share(self.results[:-1])

    def _year_share(self, results: list[tuple[ReportPeriod, PupilResult | None]]) -> Fraction | None:
        shares = ((None if result is None else result.share, period.weight) for period, result in results)
        return year_share(shares, is_cumulative=self.plan.is_cumulative)


@cache
def weight_of(weight: Decimal | int) -> Fraction:
    return Fraction(weight)


def facts_of(period: ReportPeriod, pupils: Iterable[int] | None = None) -> dict[int, Snapshot]:
    """Return what the card of each pupil enrolled at the end of a period says, by the pupil's key."""
    records = records_of(period, pupils)
    shared = _shared_facts(records)
    with override(shared["language"]):  # In which we name a philosophical course.
        return {
            key: Snapshot(pupil, records.classes[key], shared | _facts_of_one(records, pupil))
            for key, pupil in records.pupils.items()
        }


def snapshot_of(period: ReportPeriod, pupil: Person) -> Snapshot | None:
    """Return what the card of a pupil says today; nothing for one who had left before the period ended."""
    return facts_of(period, [pupil.pk]).get(pupil.pk)


def _shared_facts(records: PeriodRecords) -> Facts:
    period, school = records.period, records.school
    return {
        "format": 1,
        "language": settings.LANGUAGE_CODE,
        "school": {
            "name": school.name if school else "",
            "address": f"{school.street}, {school.postcode} {school.city}".strip(", ") if school else "",
            "phone": school.phone if school else "",
            "fase": school.fase_number if school else "",
            "head": school.head_name if school else "",
        },
        "year": period.school_year.name,
        "period": {
            "code": period.code,
            "name": period.name,
            "rank": len(records.periods),
            "of": period.school_year.periods.count(),
        },
    }


def _facts_of_one(records: PeriodRecords, pupil: Person) -> Facts:
    class_group = records.classes[pupil.pk]
    lines = [_so_far(records, pupil, group) for group in records.groups.get(pupil.pk, [])]
    courses = [_course(records, pupil, line) for line in lines]
    word = records.words.get(pupil.pk)
    return {
        "pupil": {
            "name": pupil.full_name,
            "called": pupil.called,
            "class_group": class_group.name,
            "level": class_group.year_level.name,
            "tutors": list(records.tutors.get(class_group.pk, [])),
        },
        "columns": _columns(courses, records),
        "courses": courses,
        "summary": _summary(records, lines, courses),
        "tutor_word": {"text": word[0], "by": word[1]} if word else None,
        "tokens": _tokens(records, lines, courses),
        "weights": [[period.name, plain(period.weight)] for period in records.periods],
    }


def _so_far(records: PeriodRecords, pupil: Person, group: CourseGroup) -> CourseSoFar:
    key = (pupil.pk, group.course_id)
    results = [(period, records.results[period.pk].get(key)) for period in records.periods]
    now = results[-1][1]
    plan = now.plan if now else records.schemes.for_course(group.course).plan
    return CourseSoFar(group, plan, now, results)


def _course(records: PeriodRecords, pupil: Person, line: CourseSoFar) -> Facts:
    course, plan, now = line.group.course, line.plan, line.now
    comment = records.comments.get((pupil.pk, course.pk))
    known = _course_itself(records, line.group, plan)
    return known | {
        "figures": _figures(now, plan.shown(line.standing), plan),
        "computed": plain(now.computed) if now and now.is_retained_apart else None,
        "by_council": bool(now and now.decisions.attribute),
        "so_far": [
            {
                "code": period.code,
                "name": period.name,
                "weight": plain(period.weight),
                "share": round(float(result.share or 0), 4),
                "value": plain(result.retained),
            }
            for period, result in line.counted
        ],
        "before": records.before.get((pupil.pk, course.subject_id), []),
        "comment": comment[0] if comment else None,
        "comment_by": comment[1] if comment and [comment[1]] != known["teachers"] else None,
    }


def _course_itself(records: PeriodRecords, group: CourseGroup, plan: Plan) -> Facts:
    """Return what a card says of a course whoever the pupil: worked out once a group."""
    key = (group.pk, plan.figures)
    known = records.said_of.get(key)
    if known is None:
        course = group.course
        known = records.said_of[key] = {
            "course": course.pk,
            "rank": course.subject.rank,
            "name": course.name_on_documents,
            "short": course.subject.name_on_documents,
            "teachers": list(records.teachers.get(group.pk, [])),
            "hours": course.weekly_periods,
            "status": course.status.name,
            "counts_as_failure": course.status.counts_as_failure,
            "counts_in_average": course.status.counts_in_average,
            "scale": plain(plan.scale),
            "pass_mark": plain(plan.pass_mark),
            "weights": [plain(plan.daily_work_weight), plain(plan.exam_weight)],
        }
    return known


def _figures(now: PupilResult | None, standing: Decimal | None, plan: Plan) -> dict[str, Figure | None]:
    if now is None:
        return {"daily_work": None, "exam": None, "period": None, "standing": _figure(standing, plan)}
    period = _figure(now.retained, plan, NOT_ASSESSABLE if now.is_open_question else "")
    if period:
        period["fails"] = now.fails
        if now.is_bracketed:
            period["is_bracketed"] = True
    return {
        "daily_work": _figure(now.daily_work, plan),
        "exam": _figure(now.exam, plan, now.exam_token),
        "period": period,
        "standing": _figure(standing, plan),
    }


def _figure(value: Decimal | None, plan: Plan, token: str = "") -> Figure | None:
    """Return a figure, or the token that stands for it."""
    if token:
        return {"value": None, "token": token, "fails": plan.fails(value)}
    return None if value is None else {"value": plain(value), "token": "", "fails": plan.fails(value)}


def _columns(courses: list[Facts], records: PeriodRecords) -> list[str]:
    """Return the columns that say something: no examination, no column for it."""
    has_exam = any(course["figures"]["exam"] for course in courses)
    has_past = any(len(course["so_far"]) > 1 for course in courses)
    parts = ["daily_work", "exam", "period"] if has_exam else ["period"]
    return [*parts, "standing"] if has_past else parts


def _summary(records: PeriodRecords, lines: list[CourseSoFar], courses: list[Facts]) -> Facts:
    whole = records.schemes.of_school.plan
    failed = [
        {"name": course["name"], "hours": course["hours"]}
        for course in courses
        if course["counts_as_failure"] and (standing := course["figures"]["standing"]) and standing["fails"]
    ]
    average = whole.shown(_average((line.standing, line.group.course) for line in lines))
    earlier = records.periods[-2] if len(records.periods) > 1 else None
    before = whole.shown(_average((line.standing_before, line.group.course) for line in lines))
    return {
        "average": plain(average),
        "fails": whole.fails(average),
        "scale": plain(whole.scale),
        "previous": {"name": earlier.name, "average": plain(before)}
        if earlier and before is not None
        else None,
        "hours": sum(course["hours"] for course in courses),
        "failed_hours": sum(course["hours"] for course in failed),
        "failed_courses": failed,
    }


def _average(standings: Iterable[tuple[Fraction | None, Course]]) -> Fraction | None:
    """Return the mean of what the courses stand at, each with its weekly periods."""
    return averages.mean(
        (standing, weight_of(course.weekly_periods))
        for standing, course in standings
        if course.status.counts_in_average
    )


def _tokens(records: PeriodRecords, lines: list[CourseSoFar], courses: list[Facts]) -> list[list[str]]:
    """Return the tokens that stand on the card, each with its meaning and what it does under its scheme."""
    told = set()
    for line, course in zip(lines, courses, strict=True):
        for sign in {figure["token"] for figure in course["figures"].values() if figure} - {""}:
            token = None if sign == NOT_ASSESSABLE else records.tokens.get(sign)
            usual = token.effect if token else ""
            effect = line.now.scheme.effect(sign, usual) if token and line.now else usual
            told.add((sign, token.name if token else "", effect or ""))
    return [list(line) for line in sorted(told)]


def plain(value: Decimal | None) -> str | None:
    """Return a number as text: no needless zeros, a point."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

"""All that the cards of a period are made of, gathered in a fixed number of queries, however many pupils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from preau.gradebook.models import Comment
from preau.gradebook.queries import PupilResult, results_of_periods
from preau.grading.models import Token
from preau.grading.queries import Schemes
from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import (
    ClassGroup,
    Course,
    CourseGroup,
    Enrolment,
    GroupMembership,
    ReportPeriod,
    School,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
)

from ..models import TutorWord

MAIN_TEACHER_FIRST = {"MAIN": 0, "REPLACEMENT": 1, "CO_TEACHER": 2}
PupilAndCourse = tuple[int, int]


@dataclass
class PeriodRecords:
    """What the school knows of some pupils at the end of a period: what their cards are made of."""

    period: ReportPeriod
    periods: list[ReportPeriod]
    """The periods of the year up to this one."""
    school: School | None
    schemes: Schemes
    tokens: dict[str, Token]
    pupils: dict[int, Person] = field(default_factory=dict)
    classes: dict[int, ClassGroup] = field(default_factory=dict)
    tutors: dict[int, list[str]] = field(default_factory=dict)
    groups: dict[int, list[CourseGroup]] = field(default_factory=dict)
    teachers: dict[int, list[str]] = field(default_factory=dict)
    results: dict[int, dict[PupilAndCourse, PupilResult]] = field(default_factory=dict)
    """Of the periods of the year up to this one, by period, then by pupil and course."""
    comments: dict[PupilAndCourse, tuple[str, str]] = field(default_factory=dict)
    words: dict[int, tuple[str, str]] = field(default_factory=dict)
    before: dict[PupilAndCourse, list[float]] = field(default_factory=dict)
    """By pupil and subject: the results of the year before, from 0 to 1."""
    said_of: dict[Any, dict[str, Any]] = field(default_factory=dict)
    """What cards say of a group's course under a plan, remembered while they are worked out."""


def day_of(period: ReportPeriod) -> date:
    """Return the day on which the pupils of a period are counted: its last one, or today while it runs."""
    last = date.fromordinal(period.ends_on.toordinal() - 1)
    return min(max(clock.today(), period.starts_on), last)


def records_of(period: ReportPeriod, pupils: Iterable[int] | None = None) -> PeriodRecords:
    """Return what the cards of a period are made of, for some pupils or for all."""
    chosen = None if pupils is None else list(pupils)
    year = period.school_year
    periods = [
        earlier for earlier in year.periods.order_by("starts_on") if earlier.starts_on < period.starts_on
    ]
    records = PeriodRecords(
        period=period,
        periods=[*periods, period],
        school=School.objects.order_by("pk").first(),
        schemes=Schemes(period.starts_on),
        tokens={token.code: token for token in Token.objects.all()},
    )
    _who_is_where(records, chosen)
    course_of = _courses_of_the_year(year, chosen)
    _what_they_follow(records, course_of, chosen)
    records.results = results_of_periods(records.periods, pupils=chosen)
    _what_people_wrote(records, course_of, chosen)
    records.before = _the_year_before(year, chosen)
    return records


def of_pupils(rows: QuerySet, pupils: list[int] | None) -> QuerySet:
    return rows if pupils is None else rows.filter(pupil__in=pupils)


def _who_is_where(records: PeriodRecords, pupils: list[int] | None) -> None:
    day, year = day_of(records.period), records.period.school_year
    enrolments = of_pupils(Enrolment.objects.in_force(day).filter(class_group__school_year=year), pupils)
    for enrolment in enrolments.select_related("pupil", "class_group__year_level").order_by(
        "starts_on", "pk"
    ):
        records.pupils[enrolment.pupil_id] = enrolment.pupil
        records.classes[enrolment.pupil_id] = enrolment.class_group
    tutors: defaultdict[int, list[str]] = defaultdict(list)
    in_charge = Tutorship.objects.in_force(day).filter(class_group__school_year=year)
    for tutorship in in_charge.select_related("tutor").order_by("tutor__sort_name"):
        tutors[tutorship.class_group_id].append(tutorship.tutor.full_name)
    records.tutors = tutors


def _courses_of_the_year(year: SchoolYear, pupils: list[int] | None) -> dict[int, CourseGroup]:
    """Return the groups of the year that these pupils follow or have followed, by key."""
    groups = CourseGroup.objects.filter(school_year=year)
    if pupils is not None:
        members = GroupMembership.objects.filter(pupil__in=pupils)
        groups = groups.filter(pk__in=members.values("group"))
    return {
        group.pk: group
        for group in groups.select_related(
            "course__subject", "course__status", "course__year_level"
        ).order_by()
    }


def _what_they_follow(
    records: PeriodRecords, groups: dict[int, CourseGroup], pupils: list[int] | None
) -> None:
    day = day_of(records.period)
    members = of_pupils(GroupMembership.objects.in_force(day), pupils).order_by("starts_on", "pk")
    followed: defaultdict[int, dict[int, CourseGroup]] = defaultdict(dict)
    for pupil_id, group_id in members.values_list("pupil_id", "group_id"):
        if group := groups.get(group_id):
            followed[pupil_id][group.course_id] = group
    records.groups = {
        pupil_id: sorted(by_course.values(), key=_place_on_the_card)
        for pupil_id, by_course in followed.items()
    }
    teachers: defaultdict[int, list[tuple[int, str, str]]] = defaultdict(list)
    assignments = TeachingAssignment.objects.in_force(day).filter(group__in=_keys_or_all(groups, pupils))
    for assignment in assignments.select_related("teacher"):
        rank = MAIN_TEACHER_FIRST.get(assignment.kind, len(MAIN_TEACHER_FIRST))
        teachers[assignment.group_id].append(
            (rank, assignment.teacher.sort_name, assignment.teacher.full_name)
        )
    records.teachers = {group: [name[2] for name in sorted(names)] for group, names in teachers.items()}


def _keys_or_all(groups: dict[int, CourseGroup], pupils: list[int] | None) -> Iterable[int] | QuerySet:
    """Return the keys of the groups: as a subquery when there are too many to name."""
    if pupils is not None or not groups:
        return list(groups)
    year = next(iter(groups.values())).school_year_id
    return CourseGroup.objects.filter(school_year=year).order_by().values("pk")


def _place_on_the_card(group: CourseGroup) -> tuple[int, str, int]:
    course = group.course
    return (course.subject.rank, course.name, -course.weekly_periods)


def _what_people_wrote(
    records: PeriodRecords, groups: dict[int, CourseGroup], pupils: list[int] | None
) -> None:
    comments = of_pupils(Comment.objects.filter(period=records.period).exclude(text=""), pupils)
    said = list(comments.order_by("written_at").values_list("pupil_id", "group_id", "text", "written_by"))
    words = of_pupils(TutorWord.objects.filter(period=records.period).exclude(text=""), pupils)
    told = list(words.values_list("pupil_id", "text", "written_by"))
    authors = Person.objects.in_bulk({by for *_rest, by in [*said, *told] if by is not None})
    names = {None: ""} | {key: author.full_name for key, author in authors.items()}
    for pupil_id, group_id, text, by in said:
        if group := groups.get(group_id):
            records.comments[pupil_id, group.course_id] = (text, names[by])
    records.words = {pupil_id: (text, names[by]) for pupil_id, text, by in told}


def _the_year_before(year: SchoolYear, pupils: list[int] | None) -> dict[PupilAndCourse, list[float]]:
    """Return what these pupils achieved in each subject, period by period, the year before."""
    last_year = SchoolYear.objects.filter(starts_on__lt=year.starts_on).order_by("-starts_on").first()
    shares: defaultdict[PupilAndCourse, list[float]] = defaultdict(list)
    if last_year is None:
        return shares
    subject_of = dict(Course.objects.values_list("pk", "subject_id"))
    for results in results_of_periods(last_year.periods.order_by("starts_on"), pupils=pupils).values():
        for (pupil_id, course_id), result in results.items():
            if result.share is not None:
                shares[pupil_id, subject_of[course_id]].append(round(float(result.share), 4))
    return shares

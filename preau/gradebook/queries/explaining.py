"""Why the results of one pupil are what they are, course by course, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from preau.grading import averages
from preau.grading.averages import Effect, Score
from preau.grading.models import CourseResult, Scheme
from preau.grading.plans import Plan
from preau.grading.queries import Schemes
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod, TeachingAssignment
from preau.structure.relations import tutors

from ..models import Assessment, Grade
from ..rules import leads
from .reading import CourseReading, readable_results
from .results import period_results, place_of
from .scores import PupilResult, live_result, score_of, weighed


@dataclass(slots=True)
class Term:
    """An assessment of a pupil, what stands there, and what became of it."""

    assessment: Assessment
    score: Score
    counts: bool
    """Whether it entered the result: today, or at the closing."""
    is_dropped: bool = False

    @property
    def is_empty(self) -> bool:
        return self.score.effect is Effect.MISSING and not self.score.sign

    @property
    def is_level(self) -> bool:
        return bool(self.score.sign) and self.score.effect in {Effect.COUNTS, Effect.MISSING}

    @property
    def is_token(self) -> bool:
        return bool(self.score.sign) and not self.is_level

    @property
    def has_points(self) -> bool:
        return self.score.effect is Effect.COUNTS

    @property
    def is_zero(self) -> bool:
        return self.score.effect is Effect.ZERO

    @property
    def is_left_out(self) -> bool:
        """Say whether it adds neither points nor weight: a certificate, a level worth nothing."""
        return self.score.effect is Effect.LEFT_OUT or (self.is_level and not self.has_points)

    @property
    def is_out(self) -> bool:
        return not self.counts or self.is_dropped or self.is_left_out or self.is_empty


@dataclass(slots=True)
class Explained:
    """A course of a pupil: what entered the result, and what people made of it."""

    group: CourseGroup
    scheme: Scheme
    teachers: list[str]
    terms: list[Term]
    result: PupilResult
    sums: averages.Result
    """What the scores come to, step by step."""
    kept: CourseResult | None = None
    missing: list[Assessment] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        return self.scheme.plan

    @property
    def category_names(self) -> dict[int, str]:
        return {term.assessment.category_id: term.assessment.category.name for term in self.terms}


def reads_all_of(reader: Person, pupil: Person) -> bool:
    """Say whether a person reads all that is known of a pupil's results: the tutor, the head."""
    return leads.admits(reader) or (tutors("pk").over(Person).allows(reader, pupil) and reader.pk != pupil.pk)


def explained_results(pupil: Person, period: ReportPeriod, reader: Person) -> list[Explained]:
    """
    Return the courses of a pupil in a period, each with all that explains its result.

    The tutor and the head read everything, as the sheet has it. Others read what is published to them, and
    what that comes to: nothing else shows through.
    """
    if reads_all_of(reader, pupil):
        return _whole(pupil, period)
    return [_as_read(course) for course in readable_results(pupil, period, reader)]


def explanation(group: CourseGroup, period: ReportPeriod, pupil: Person) -> Explained:
    """Return all that explains the result of a member: each term, what it weighs, what it gives."""
    courses = _whole(pupil, period)
    return next(course for course in courses if course.group.course_id == group.course_id)


def _as_read(course: CourseReading) -> Explained:
    """Return a course as its published grades explain it."""
    result = course.result
    scores = {score.assessment: score for score in result.scores}
    grades = sorted([*course.all_grades, *course.taken_back], key=lambda grade: place_of(grade.assessment))
    terms = [_term(grade.assessment, scores, grade.score(course.period)) for grade in grades]
    return _explained(course.group, course.teachers, terms, result)


def _term(assessment: Assessment, counted: Mapping[int, Score], standing: Score) -> Term:
    score = counted.get(assessment.pk)
    return Term(assessment, standing if score is None else score, counts=score is not None)


def _explained(group: CourseGroup, teachers: list[str], terms: list[Term], result: PupilResult) -> Explained:
    """Put a course together; the scores that were dropped are marked as such."""
    sums = averages.result(result.scores, result.plan)
    dropped = {result.scores[place].assessment for place in sums.dropped}
    for term in terms:
        term.is_dropped = term.assessment.pk in dropped
    return Explained(group, result.scheme, teachers, terms, result, sums)


def _whole(pupil: Person, period: ReportPeriod) -> list[Explained]:
    """Return all courses with all that stands in their sheets."""
    ties = list(
        GroupMembership.objects.filter(pupil=pupil, group__school_year=period.school_year_id)
        .select_related("group__course__subject", "group__course__year_level", "group__course__status")
        .order_by("group__course__subject__rank", "group__course__name", "starts_on", "pk")
    )
    now = {tie.group.course_id: tie.group for tie in ties if _overlaps(tie, period.starts_on, period.ends_on)}
    groups = [tie.group_id for tie in ties if tie.group.course_id in now]
    results = period_results(period, pupils=[pupil.pk], with_scores=True)
    cells = _cells(pupil, period, groups)
    kept = {row.group_id: row for row in _kept(pupil, period)}
    teachers = _teachers(now.values(), period)
    schemes = Schemes(period.starts_on)
    courses = []
    for course, group in now.items():
        own = {tie.group_id for tie in ties if tie.group.course_id == course}
        found = results.get((pupil.pk, course))
        scheme = found.scheme if found else schemes.for_course(group.course)
        mine = [
            (assessment, grade)
            for assessment, grade in cells
            if assessment.group_id == group.pk or (grade is not None and assessment.group_id in own)
        ]
        courses.append(
            _course(group, period, scheme, mine, found, teachers.get(group.pk, []), kept.get(group.pk))
        )
    return courses


def _overlaps(tie: GroupMembership, starts_on: date, ends_on: date) -> bool:
    return tie.starts_on < ends_on and (tie.ends_on is None or tie.ends_on > starts_on)


def _course(
    group: CourseGroup,
    period: ReportPeriod,
    scheme: Scheme,
    cells: Sequence[tuple[Assessment, Grade | None]],
    found: PupilResult | None,
    teachers: list[str],
    kept: CourseResult | None,
) -> Explained:
    shown = [cell for cell in cells if cell[0].period_id == period.pk or scheme.is_cumulative]
    standing = {assessment.pk: _score(assessment, grade, scheme, period) for assessment, grade in shown}
    counted = [
        standing[assessment.pk] for assessment, grade in shown if assessment.counts and grade is not None
    ]
    result = found or live_result(0, group.pk, scheme, counted)
    if result.is_frozen and not result.scores:  # Frozen before scores were kept.
        result = replace(result, scores=counted)
    scores = {score.assessment: score for score in result.scores}
    terms = [_term(assessment, scores, standing[assessment.pk]) for assessment, _grade in shown]
    course = _explained(group, teachers, terms, result)
    course.kept = kept
    if not result.is_frozen:
        course.missing = [
            term.assessment
            for term in terms
            if term.is_empty and term.assessment.counts and term.assessment.period_id == period.pk
        ]
    return course


def _score(assessment: Assessment, grade: Grade | None, scheme: Scheme, period: ReportPeriod) -> Score:
    is_earlier = assessment.period_id != period.pk
    if grade is None:
        return weighed(assessment, is_earlier=is_earlier).score(None, None)
    return score_of(grade, assessment, scheme, is_earlier=is_earlier)


def _cells(
    pupil: Person, period: ReportPeriod, groups: Sequence[int]
) -> list[tuple[Assessment, Grade | None]]:
    """Return the assessments of some groups up to a period, in order, each with the grade of a pupil."""
    assessments = Assessment.objects.filter(
        group__in=groups,
        period__school_year=period.school_year_id,
        period__starts_on__lte=period.starts_on,
    ).select_related("category", "period", "group__course", "scale")
    grades = Grade.objects.filter(pupil=pupil, assessment__group__in=groups).select_related("token")
    by_assessment = {grade.assessment_id: grade for grade in grades}
    in_order = sorted(assessments, key=place_of)
    return [(assessment, by_assessment.get(assessment.pk)) for assessment in in_order]


def _kept(pupil: Person, period: ReportPeriod) -> Iterable[CourseResult]:
    return CourseResult.objects.filter(pupil=pupil, period=period).defer("scores")


def _teachers(groups: Iterable[CourseGroup], period: ReportPeriod) -> dict[int, list[str]]:
    assignments = (
        TeachingAssignment.objects.filter(group__in=[group.pk for group in groups])
        .during(period.starts_on, period.ends_on)
        .select_related("teacher")
        .order_by("kind", "teacher__sort_name")
    )
    found: dict[int, list[str]] = {}
    for assignment in assignments:
        found.setdefault(assignment.group_id, []).append(assignment.teacher.full_name)
    return found

"""Why the results of one pupil are what they are, course by course, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from preau.grading import averages
from preau.grading.models import Closing, CourseResult, Scheme
from preau.grading.queries import Schemes, level_codes
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod, TeachingAssignment
from preau.structure.queries import groups_followed_by
from preau.structure.relations import tutors

from ..models import Assessment, Grade
from ..rules import leads
from .reading import readable_results
from .results import figures_of
from .sheets import EMPTY, Cell, row_result


@dataclass(slots=True)
class Term:
    """An assessment of a pupil and what stands there."""

    assessment: Assessment
    cell: Cell
    is_dropped: bool = False


@dataclass(slots=True)
class Explained:
    """A course of a pupil: what entered the result, and what people made of it."""

    group: CourseGroup
    scheme: Scheme
    teachers: list[str]
    terms: list[Term]
    result: averages.Result | None
    shown: Decimal | None
    """The result as it is shown, None where there is none."""
    kept: CourseResult | None = None
    is_frozen: bool = False
    missing: list[Assessment] = field(default_factory=list)


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
    return [
        _marked(
            Explained(
                group=it.group,
                scheme=it.scheme,
                teachers=it.teachers,
                terms=[
                    Term(
                        grade.assessment,
                        Cell(
                            grade.points,
                            grade.token,
                            it.scheme.effect(grade.token, grade.effect),
                            level=grade.level,
                        ),
                    )
                    for grade in reversed(it.all_grades)
                ],
                result=it.result,
                shown=it.shown,
            ),
            newest_first=True,
        )
        for it in readable_results(pupil, period, reader)
    ]


def _whole(pupil: Person, period: ReportPeriod) -> list[Explained]:
    """Return all courses with all that stands in their sheets. Nine queries."""
    groups = list(groups_followed_by(pupil, during=period))
    schemes = Schemes(period.starts_on)
    assessments = _assessments(groups, period, schemes)
    cells = _cells(pupil, assessments, {it.pk: schemes.for_course(it.course) for it in groups})
    kept = {it.group_id: it for it in CourseResult.objects.filter(pupil=pupil, period=period)}
    closed = set(
        Closing.objects.filter(group__in=groups, period=period, reopened_at=None).values_list(
            "group_id", flat=True
        )
    )
    teachers = _teachers(groups, period)
    return [
        _explained(
            group,
            period,
            schemes.for_course(group.course),
            [it for it in assessments if it.group_id == group.pk],
            cells,
            kept.get(group.pk),
            teachers.get(group.pk, []),
            group.pk in closed,
        )
        for group in groups
    ]


def _explained(
    group: CourseGroup,
    period: ReportPeriod,
    scheme: Scheme,
    assessments: Sequence[Assessment],
    cells: dict[int, Cell],
    kept: CourseResult | None,
    teachers: list[str],
    is_closed: bool,
) -> Explained:
    there = [cells.get(it.pk, EMPTY) for it in assessments]
    result = row_result(assessments, there, scheme.plan)
    shown = figures_of(result, scheme.plan)["computed"]
    is_frozen = bool(kept and kept.computed_at)
    if kept and is_frozen:
        shown = kept.computed
    return _marked(
        Explained(
            group=group,
            scheme=scheme,
            teachers=teachers,
            terms=[Term(it, cell) for it, cell in zip(assessments, there, strict=True)],
            result=result,
            shown=shown,
            kept=kept,
            is_frozen=is_frozen and is_closed,
            missing=[
                it
                for it, cell in zip(assessments, there, strict=True)
                if cell.is_empty and it.counts and it.period_id == period.pk
            ],
        )
    )


def _marked(course: Explained, *, newest_first: bool = False) -> Explained:
    """Mark the terms that were dropped: their places are those among what counted, in the order computed."""
    counted = [it for it in course.terms if it.assessment.counts]
    if newest_first:
        counted.reverse()
    for place in course.result.dropped if course.result else ():
        counted[place].is_dropped = True
    return course


def _assessments(groups: Sequence[CourseGroup], period: ReportPeriod, schemes: Schemes) -> list[Assessment]:
    """Return what may enter: the period's, before them earlier ones where the scheme is cumulative."""
    until = Assessment.objects.filter(
        group__in=groups, period__school_year=period.school_year_id, period__starts_on__lte=period.starts_on
    ).select_related("category", "period", "group__course", "scale")
    cumulative = {it.pk for it in groups if schemes.for_course(it.course).is_cumulative}
    return [
        it
        for it in until.order_by("period__starts_on", "rank", "held_on", "pk")
        if it.period_id == period.pk or it.group_id in cumulative
    ]


def _cells(pupil: Person, assessments: Sequence[Assessment], schemes: dict[int, Scheme]) -> dict[int, Cell]:
    values = Grade.objects.filter(pupil=pupil, assessment__in=[it.pk for it in assessments]).values_list(
        "assessment_id",
        "assessment__group_id",
        "points",
        "token__code",
        "token__effect",
        "version",
        "remark",
        "level_id",
    )
    codes = level_codes() if any(it.scale_id for it in assessments) else {}
    return {
        key: Cell(
            points,
            token or "",
            schemes[group].effect(token or "", effect),
            version,
            remark,
            codes.get(level, ""),
        )
        for key, group, points, token, effect, version, remark, level in values
    }


def _teachers(groups: Sequence[CourseGroup], period: ReportPeriod) -> dict[int, list[str]]:
    assignments = (
        TeachingAssignment.objects.filter(group__in=groups)
        .during(period.starts_on, period.ends_on)
        .select_related("teacher")
        .order_by("kind", "teacher__sort_name")
    )
    found: dict[int, list[str]] = {}
    for it in assignments:
        found.setdefault(it.group_id, []).append(it.teacher.full_name)
    return found

"""What a sheet is made of, as the database has it: asked for every page and every cell typed."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from preau.grading.models import Closing, CourseResult
from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.structure.models import CourseGroup, Enrolment, GroupMembership

from ..models import Assessment, Comment, Grade


@asked_often
def memberships_in(group: int, course: int, school_year: int) -> QuerySet[GroupMembership]:
    """
    Return the memberships of the pupils of a group in all groups of its course this year, with the pupils, by
    name and then from the oldest.
    """
    members = GroupMembership.objects.filter(group=group)
    ties = GroupMembership.objects.filter(
        pupil__in=members.values("pupil"), group__course=course, group__school_year=school_year
    )
    return ties.select_related("pupil").order_by("pupil__sort_name", "pupil", "starts_on", "pk")


@asked_often
def class_names_in(group: int, starts_on: date, ends_on: date) -> QuerySet:
    """Return (pupil, name of the class) for the members of a group during a span, from the oldest."""
    pupils = GroupMembership.objects.filter(group=group).during(starts_on, ends_on).values("pupil")
    enrolments = Enrolment.objects.filter(pupil__in=pupils).during(starts_on, ends_on)
    return enrolments.order_by("starts_on").values_list("pupil_id", "class_group__name")


@asked_often
def assessments_in(group: int, period: int) -> QuerySet[Assessment]:
    """Return the assessments of a group in a period, in order, with all that a sheet shows of them."""
    assessments = Assessment.objects.filter(group=group, period=period)
    return assessments.select_related("category", "publication", "scale").in_order()


@asked_often
def assessments_before(group: int, school_year: int, starts_on: date) -> QuerySet[Assessment]:
    """Return the assessments of a group in the periods of a year that begin before a day, in order."""
    earlier = Assessment.objects.filter(
        group=group, period__school_year=school_year, period__starts_on__lt=starts_on
    ).select_related("category", "period")
    return earlier.order_by("period__starts_on", "rank", "held_on", "pk")


@asked_often
def grades_at(assessments: list[int]) -> QuerySet:
    """Return, of every cell of some assessments: pupil, assessment, points, token, version, remark, level."""
    return Grade.objects.filter(assessment__in=assessments).values_list(
        "pupil_id", "assessment_id", "points", "token__code", "token__effect", "version", "remark", "level_id"
    )


@asked_often
def results_kept(group: int, period: int) -> QuerySet[CourseResult]:
    """Return what is kept of the results of a group in a period, but for what they were made of."""
    return CourseResult.objects.filter(group=group, period=period).defer("scores")


@asked_often
def comments_in(group: int, period: int) -> QuerySet[Comment]:
    """Return the comments on the pupils of a group for a period."""
    return Comment.objects.filter(group=group, period=period)


@asked_often
def closings_of(group: int, period: int) -> QuerySet[Closing]:
    """Return what closes a gradebook now: nothing while it is open."""
    return Closing.objects.filter(group=group, period=period, reopened_at=None)


@asked_often
def group_held(group: int) -> QuerySet[CourseGroup]:
    """Return a group with its course, held against others until the transaction ends."""
    return CourseGroup.objects.select_for_update(of=("self",)).select_related("course").filter(pk=group)


@asked_often
def grades_standing(assessments: list[int], pupils: list[int]) -> QuerySet[Grade]:
    """Return what stands in the cells of some pupils at some assessments, with who wrote it."""
    standing = Grade.objects.select_related("token", "level", "written_by")
    return standing.filter(assessment__in=assessments, pupil__in=pupils)


@asked_often
def assessments_named(group: int, period: int, keys: list[int]) -> QuerySet[Assessment]:
    """Return those of the assessments of a group and period that are named, with the period."""
    return Assessment.objects.filter(group=group, period=period, pk__in=keys).select_related("period")


@asked_often
def pupils_named(keys: list[int]) -> QuerySet[Person]:
    """Return the persons of these keys, by name."""
    return Person.objects.filter(pk__in=keys).by_name()

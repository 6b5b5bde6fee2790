"""What is taught: year levels, subjects, statuses, courses, and the groups that follow them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import Course, CourseGroup, CourseStatus, SchoolYear, Subject, YearLevel
from preau.trail.actions import note

from .years import ensure_current_year

M = TypeVar("M", bound=models.Model)


class CodeTaken(Refusal):
    field = "code"
    words = _("The code %(code)s is already in use. Choose another one.")


CREATE_YEAR_LEVEL = TracedAct("structure.create_year_level", _("added the year of study %(subject)s"))


@transaction.atomic
def create_year_level(*, by: Person | None, at: datetime, **fields: Any) -> YearLevel:
    """Add a year of study: its code (1C, 4, 7P), name, order and degree."""
    return _create(YearLevel, CREATE_YEAR_LEVEL, by, **fields)


CREATE_STATUS = TracedAct("structure.create_status", _("added the status of courses %(subject)s"))


@transaction.atomic
def create_status(*, by: Person | None, at: datetime, **fields: Any) -> CourseStatus:
    """Add what a course may weigh in a council."""
    return _create(CourseStatus, CREATE_STATUS, by, **fields)


CREATE_SUBJECT = TracedAct("structure.create_subject", _("added the subject %(subject)s"))


@transaction.atomic
def create_subject(*, by: Person | None, at: datetime, **fields: Any) -> Subject:
    """Add a subject, whatever the years in which it is taught."""
    return _create(Subject, CREATE_SUBJECT, by, **fields)


CREATE_COURSE = TracedAct("structure.create_course", _("added the course %(subject)s"))


@transaction.atomic
def create_course(*, by: Person | None, at: datetime, **fields: Any) -> Course:
    """Add a course: a subject in a year level, so many periods a week."""
    return _create(Course, CREATE_COURSE, by, **fields)


CHANGE_COURSE = TracedAct("structure.change_course", _("changed %(subject)s"))


@transaction.atomic
def change_course(*, record: models.Model, by: Person | None, at: datetime, **changes: Any) -> models.Model:
    """Change a course, a subject, a status, a year level or a group."""
    code = changes.get("code")
    taken = type(record)._default_manager.filter(code=code).exclude(pk=record.pk)
    if isinstance(record, CourseGroup):
        taken = taken.filter(school_year=record.school_year)
    if code is not None and taken.exists():
        raise CodeTaken(code=code)
    for field, value in changes.items():
        setattr(record, field, value)
    record.save()
    note(CHANGE_COURSE, by=by, subject=str(record), fields=sorted(changes))
    return record


CREATE_GROUP = TracedAct("structure.create_group", _("made the group %(subject)s"))


@transaction.atomic
def create_group(
    *,
    course: Course,
    name: str,
    by: Person | None,
    at: datetime,
    code: str = "",
    school_year: SchoolYear | None = None,
) -> CourseGroup:
    """
    Make a group for a course, in the school year in course unless told.

    Without a code it takes the next number: 4:MATH4-02.
    """
    school_year = school_year or ensure_current_year(by=by, at=at)
    code = code or _next_code(course, school_year)
    if school_year.course_groups.filter(code=code).exists():
        raise CodeTaken(code=code)
    group = CourseGroup.objects.create(course=course, school_year=school_year, name=name, code=code)
    note(CREATE_GROUP, by=by, subject=str(group))
    return group


def _next_code(course: Course, school_year: SchoolYear) -> str:
    taken = set(school_year.course_groups.filter(course=course).values_list("code", flat=True))
    number = len(taken) + 1
    while f"{course.code}-{number:02}" in taken:
        number += 1
    return f"{course.code}-{number:02}"


def _create(model: type[M], act: TracedAct, by: Person | None, **fields: Any) -> M:
    if model._default_manager.filter(code=fields["code"]).exists():
        raise CodeTaken(code=fields["code"])
    record = model._default_manager.create(**fields)
    note(act, by=by, subject=str(record))
    return record

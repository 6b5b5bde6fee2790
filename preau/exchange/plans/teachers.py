"""Who teaches a group: found by acronym, tied to the group from a day to a day."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from preau.exchange.intake import Intake
from preau.kit.imports.records import Record
from preau.kit.imports.values import Wrong
from preau.people.models import Person
from preau.structure.models import CourseGroup, TeachingAssignment


def find_teacher(intake: Intake, record: Record) -> Person:
    """
    Return the teacher a row names by acronym or number.

    :raises Wrong: when nobody has it, or a pupil has: a file does not make a teacher of a pupil
    """
    value = record["teacher_id"]
    people = intake.people
    teacher = people.numbered(intake.staff_numbers, value) or people.numbered_anywhere(value)
    if teacher is None:
        raise Wrong(
            _("No teacher is known under “%(value)s”.") % {"value": value},
            _("Import the staff first, or correct the acronym."),
            "teacher_id",
        )
    if any(True for _enrolment in people.enrolments[id(teacher)]):
        raise Wrong(
            _("%(name)s is a pupil: a file cannot make a teacher of a pupil.") % {"name": teacher.full_name},
            _("Correct the acronym."),
            "teacher_id",
        )
    return teacher


def last_day(intake: Intake, told: date | None) -> date | None:
    """Return the day a tie ends: told, and only when it lies before the end of the year."""
    return told if told is not None and told < intake.year.ends_on else None


def first_day(usual: date, ends_on: date | None) -> date:
    """Return the day a tie begins when the file does not tell: the usual one, but before it ends."""
    return usual if ends_on is None else min(usual, ends_on - timedelta(days=1))


def teach(
    intake: Intake, teacher: Person, group: CourseGroup, *, starts_on: date, ends_on: date | None
) -> tuple[TeachingAssignment, bool]:
    """Return the assignment of a group to a teacher, drafted if there is none, and whether it is new."""
    drafted = intake.structure.drafted_ties
    known = intake.structure.assignments.get((teacher.pk, group.pk), []) if teacher.pk and group.pk else []
    tie = next((tie for tie in known if _overlaps(tie, starts_on, ends_on)), None)
    tie = tie or drafted.get((id(teacher), id(group)))
    if tie:
        return tie, False
    tie = TeachingAssignment(group=group, teacher=teacher, starts_on=starts_on, ends_on=ends_on)
    drafted[id(teacher), id(group)] = tie
    return intake.draft.add(tie), True


def _overlaps(tie: TeachingAssignment, starts_on: date, ends_on: date | None) -> bool:
    begins_before_end = ends_on is None or tie.starts_on < ends_on
    return begins_before_end and (tie.ends_on is None or tie.ends_on > starts_on)

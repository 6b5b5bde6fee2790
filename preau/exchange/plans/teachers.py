"""Who teaches a group: found by acronym, tied to the group from a day to a day."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from preau.exchange.intake import Intake
from preau.exchange.records import Record
from preau.exchange.values import Wrong
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


def teach(
    intake: Intake, teacher: Person, group: CourseGroup, *, starts_on: date, ends_on: date | None
) -> TeachingAssignment | None:
    """Draft that a teacher has a group; nothing when it is so already."""
    assignments = intake.structure.assignments
    key = (id(teacher), id(group))
    known = assignments.get((teacher.pk, group.pk), []) if teacher.pk and group.pk else []
    drafted = intake.structure.drafted_ties.get(key)
    if drafted or any(_overlaps(tie, starts_on, ends_on) for tie in known):
        return None
    tie = TeachingAssignment(group=group, teacher=teacher, starts_on=starts_on, ends_on=ends_on)
    intake.structure.drafted_ties[key] = tie
    return intake.draft.add(tie)


def _overlaps(tie: TeachingAssignment, starts_on: date, ends_on: date | None) -> bool:
    begins_before_end = ends_on is None or tie.starts_on < ends_on
    return begins_before_end and (tie.ends_on is None or tie.ends_on > starts_on)

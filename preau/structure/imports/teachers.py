"""Who teaches a group: found by acronym, tied to the group from a day to a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.kit.imports.values import Wrong
from preau.people.imports.register import Register
from preau.people.models import Person
from preau.people.own_ties import refuse_own_tie
from preau.structure.actions.many import NewTie, teach_many
from preau.structure.models import CourseGroup, TeachingAssignment

from .register import Structure


def last_day(structure: Structure, told: date | None) -> date | None:
    """Return the day a tie ends: told, and only when it lies before the end of the year."""
    return told if told is not None and told < structure.year.ends_on else None


def first_day(usual: date, ends_on: date | None) -> date:
    """Return the day a tie begins when the file does not tell: the usual one, but before it ends."""
    return usual if ends_on is None else min(usual, ends_on - timedelta(days=1))


@dataclass
class Teachers:
    """The teachers to whom one file gives groups: compared first, then written."""

    structure: Structure
    register: Register
    numbers: str
    """The system of the numbers by which the file names them."""
    _new: list[tuple[Record, NewTie]] = field(default_factory=list)

    def find(self, record: Record) -> Person:
        """
        Return the teacher a row names by acronym or number.

        :raises Wrong: when nobody has it, or a pupil has: a file does not make a teacher of a pupil
        """
        value = record["teacher_id"]
        entry = self.register.numbered(self.numbers, value) or self.register.numbered_anywhere(value)
        if entry is None:
            raise Wrong(
                _("No teacher is known under “%(value)s”.") % {"value": value},
                _("Import the staff first, or correct the acronym."),
                "teacher_id",
            )
        if self.structure.enrolments.get(entry.person.pk):
            raise Wrong(
                _("%(name)s is a pupil: a file cannot make a teacher of a pupil.")
                % {"name": entry.person.full_name},
                _("Correct the acronym."),
                "teacher_id",
            )
        return entry.person

    def give(
        self, record: Record, teacher: Person, group: CourseGroup, *, starts_on: date, ends_on: date | None
    ) -> bool:
        """
        Plan that a teacher has a group; say whether that is new.

        :raises NobodyTiesOneself: when the teacher is whoever brings the file
        """
        known = self.structure.assignments.get((teacher.pk, group.pk), ())
        is_known = any(assignment.is_during(starts_on, ends_on) for assignment in known)
        if not is_known:
            refuse_own_tie(self.structure.work.by, teacher)
        kind = record["teaches_as"] or TeachingAssignment.Kind.MAIN
        self._new.append((record, NewTie(teacher, group, starts_on, ends_on, kind)))
        if is_known:
            return False
        label = str(TeachingAssignment.Kind(kind).label)
        record.changes.append(Change(label[:1].upper() + label[1:], "", teacher.full_name))
        return True

    def write(self) -> list[TeachingAssignment]:
        """Give the groups; return the assignment of each line, known or new."""
        work = self.structure.work
        written = teach_many(ties=[tie for _record, tie in self._new], by=work.by, at=work.at)
        self._new = []
        return written

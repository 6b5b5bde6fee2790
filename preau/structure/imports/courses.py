"""Courses and groups. They have no end: what a source no longer names is told, and stays."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from preau.kit.imports.changes import changed
from preau.kit.imports.records import Record
from preau.kit.imports.work import Gone, Import
from preau.people.imports.register import Register
from preau.structure.actions import change_course
from preau.structure.models import Course, CourseGroup, SchoolYear

from .offer import Offer, course_code
from .register import Structure, squeezed
from .staff import STAFF_NUMBERS
from .teachers import Teachers, last_day


def bring_courses(
    work: Import, records: Sequence[Record], *, year: SchoolYear | None = None, numbers: str = STAFF_NUMBERS
) -> None:
    """Bring the courses and groups of a file in, with who teaches them."""
    Courses(work, Structure(work, year), numbers).bring(records)


class Courses:
    """One reading of a file of courses and groups."""

    def __init__(self, work: Import, structure: Structure, numbers: str) -> None:
        self.work, self.structure = work, structure
        self.offer = Offer(structure)
        self.teachers = Teachers(structure, Register(), numbers)
        self.origins = work.origins("courses")

    def bring(self, records: Sequence[Record]) -> None:
        """Compare the courses and groups with those of the school year, write what differs, tell it."""
        groups: list[tuple[Record, CourseGroup]] = []
        for record in records:
            record.subject = record["group_code"] or course_code(record)
            if record.wrongs:
                continue
            with self.work.looking_at(record):
                course = self._course(record)
                if record["group_code"]:
                    groups.append((record, self._group(record, course)))
        self.structure.write()
        for record, group in groups:
            self.origins.see(squeezed(group.code), group.pk)
            with self.work.looking_at(record):
                self._teacher(record, group)
        self.teachers.write()
        self.work.tell(records)
        self.structure.tell_what_is_made()
        self.work.tell_gone(self.origins, _("groups"), among=self._still_here)

    def _course(self, record: Record) -> Course:
        known = self.structure.courses.get(squeezed(course_code(record)))
        if known is None:
            record.is_new = True
            return self.offer.course(record)
        facts = {
            "name": record["course_name"],
            "weekly_periods": record["weekly_periods"],
            "form": record["form"],
        }
        if record["status"]:
            facts["status"] = self.offer.status(record["status"])
        self._change(record, known, facts)
        return known

    def _group(self, record: Record, course: Course) -> CourseGroup:
        known = self.structure.groups.get(squeezed(record["group_code"]))
        if known is None:
            record.is_new = True
            return self.offer.new_group(record, course)
        self._change(record, known, {"name": record["group_name"]})
        return known

    def _change(self, record: Record, known: Course | CourseGroup, facts: dict[str, object]) -> None:
        """Change what a row tells of a course or a group; a blank cell changes nothing."""
        told = {name: fact for name, fact in facts.items() if fact not in (None, "")}
        different, changes = changed(known, told)
        if different and known.pk is not None:
            self.structure.write()  # A status the file brings is made before a course has it.
            change_course(record=known, by=self.work.by, at=self.work.at, **different)
            record.changes.extend(changes)

    def _teacher(self, record: Record, group: CourseGroup) -> None:
        if record["teacher_id"]:
            teacher, structure = self.teachers.find(record), self.structure
            self.teachers.give(
                record, teacher, group, starts_on=structure.year.starts_on, ends_on=last_day(structure, None)
            )

    def _still_here(self, keys: list[int]) -> list[Gone]:
        known = self.structure.groups_by_key
        return [Gone(known[key].code, key) for key in keys if key in known]

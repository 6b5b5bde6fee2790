"""Courses and groups. They have no end: what a source no longer names is told, and stays."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from preau.kit.imports.agreement import Agreement
from preau.kit.imports.changes import changed
from preau.kit.imports.records import Record
from preau.kit.imports.work import Gone, Import
from preau.people.imports.register import Register
from preau.structure.actions import change_course
from preau.structure.models import Course, CourseGroup, CourseStatus, SchoolYear

from .offer import Offer, course_code, refuse_another_course
from .register import Structure, squeezed
from .staff import STAFF_NUMBERS
from .teachers import Teachers, last_day

COURSE_FACTS = {
    "course_name": "name",
    "weekly_periods": "weekly_periods",
    "form": "form",
    "status": "status",
}
"""What a row tells of a course, and the field it is."""


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
        self.agreement = Agreement()
        self._had_statuses = bool(structure.statuses)

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
        code = squeezed(course_code(record))
        facts = {name: record[name] for name in COURSE_FACTS}
        agreed = self.agreement.agreed(record, code, course_code(record), facts)
        known = self.structure.courses.get(code)
        status = self._status(record, agreed.pop("status")) if "status" in agreed else None
        if known is None:
            record.is_new = True
            return self.offer.course(record)
        told = {COURSE_FACTS[name]: fact for name, fact in agreed.items()}
        self._change(record, known, told | ({"status": status} if status else {}))
        return known

    def _status(self, record: Record, said: str) -> CourseStatus:
        """Return the status a row names; one that does not exist is told, unless the school has none yet."""
        known = len(self.structure.statuses)
        status = self.offer.status(said)
        if self._had_statuses and len(self.structure.statuses) > known:
            record.warn(
                _("There is no status “%(said)s” yet: it is made.") % {"said": said},
                _("If it is a slip, correct it."),
                "status",
            )
        return status

    def _group(self, record: Record, course: Course) -> CourseGroup:
        code = squeezed(record["group_code"])
        agreed = self.agreement.agreed(
            record, f"{code}>", record["group_code"], {"group_name": record["group_name"]}
        )
        known = self.structure.groups.get(code)
        if known is None:
            record.is_new = True
            return self.offer.new_group(record, course)
        refuse_another_course(record, known)
        self._change(record, known, {"name": agreed["group_name"]} if agreed else {})
        return known

    def _change(self, record: Record, known: Course | CourseGroup, told: dict[str, object]) -> None:
        """Change what a row tells of a course or a group."""
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

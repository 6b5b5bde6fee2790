"""The courses and groups a row names: found, or made from what the row and the code tell."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from preau.kit.imports.records import Record
from preau.kit.imports.values import Wrong
from preau.kit.tables import plain
from preau.structure.models import Course, CourseGroup, CourseStatus, Subject, YearLevel

from .register import Structure, squeezed

CODE = re.compile(
    r"(?P<level>\d[A-Z]?)\s*(?P<form>[A-Z]{0,3})\s*:\s*(?P<subject>.*?)(?P<periods>\d{1,2})?", re.IGNORECASE
)
GROUP_NUMBER = re.compile(r"(?P<course>.+?)\s*-\s*\w{1,6}")
USUAL_STATUSES = {
    "FC": ("Formation commune", True, True),
    "OB": ("Option de base simple", True, True),
    "OG": ("Option de base groupée", True, True),
    "AC": ("Activité complémentaire", False, True),
    "RENF": ("Renforcement", False, True),
    "REM": ("Remédiation", False, True),
    "STAGE": ("Stage", True, True),
}


class Offer:
    """What the school offers this year, as one file names it."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self._had_groups = bool(structure.groups)

    def group(self, record: Record, *, level: Callable[[], YearLevel | None] | None = None) -> CourseGroup:
        """
        Return the group a row names.

        :raises Wrong: when there is none and nobody asked to make what is missing
        """
        code = record["group_code"] or record["course_code"] or record["course_name"]
        group = self.structure.groups.get(squeezed(code)) or self._only_group(record)
        if group:
            refuse_another_course(record, group)
            return group
        if not self.structure.work.makes_missing:
            raise Wrong(
                _("There is no group “%(code)s” in %(year)s.")
                % {"code": code, "year": self.structure.year.name},
                _("Import the courses first, or correct the code."),
                "group_code" if record["group_code"] else "course_code",
            )
        if self._had_groups:
            record.warn(
                _("There is no group %(code)s yet: it is made.") % {"code": code},
                _("If it is a slip, correct the code."),
                "group_code" if record["group_code"] else "course_code",
            )
        return self.new_group(record, self.course(record, level=level))

    def _only_group(self, record: Record) -> CourseGroup | None:
        """Return the group of a course that has only one this year, when the row names the course alone."""
        if record["group_code"]:
            return None
        course = self.structure.courses.get(squeezed(course_code(record)))
        groups = [
            group for group in self.structure.groups.values() if course is not None and group.course == course
        ]
        return groups[0] if len(groups) == 1 else None

    def new_group(self, record: Record, course: Course) -> CourseGroup:
        """Plan a group for a course."""
        code = (record["group_code"] or f"{course.code}-01")[:50]
        name = record["group_name"] or record["class_name"] or code
        group = CourseGroup(course=course, school_year=self.structure.year, code=code, name=name[:60])
        self.structure.groups[squeezed(code)] = self.structure.plan(group)
        self.structure.made.append(code)
        return group

    def course(self, record: Record, *, level: Callable[[], YearLevel | None] | None = None) -> Course:
        """Return the course a row names, planned when there is none."""
        code = course_code(record)
        if known := self.structure.courses.get(squeezed(code)):
            return known
        told = CODE.fullmatch(code)
        periods = record["weekly_periods"]
        if periods is None:
            periods = int(told["periods"]) if told and told["periods"] else 0
        course = Course(
            code=code[:40],
            name=(record["course_name"] or record["subject_name"] or code)[:100],
            subject=self._subject(record, told["subject"] if told else ""),
            year_level=self._level(record, told["level"] if told else "", level),
            form=record["form"] or "",
            language=record["language"] or "fr",
            weekly_periods=min(periods, 99),
            status=self.status(record["status"]),
        )
        self.structure.courses[squeezed(code)] = self.structure.plan(course)
        self.structure.made.append(code)
        return course

    def _subject(self, record: Record, from_code: str) -> Subject:
        name = record["subject_name"] or record["course_name"] or from_code or course_code(record)
        code = (record["subject_code"] or from_code.strip(" -_") or plain(name)).upper()[:20]
        if known := self.structure.subjects.get(plain(code)):
            return known
        subject = self.structure.plan(Subject(code=code, name=name[:100]))
        self.structure.subjects[plain(code)] = subject
        return subject

    def _level(
        self, record: Record, from_code: str, otherwise: Callable[[], YearLevel | None] | None
    ) -> YearLevel:
        if said := record["year_level"] or from_code:
            return self.structure.level_coded(said)
        if otherwise and (level := otherwise()):
            return level
        return self.structure.several_years()

    def status(self, said: str | None) -> CourseStatus:
        """Return what a course weighs: common course unless told."""
        statuses = self.structure.statuses
        key = plain(said or "FC")
        by_name = next((status for status in statuses.values() if plain(status.name) == key), None)
        if known := statuses.get(key) or by_name:
            return known
        name, fails, counts = USUAL_STATUSES.get(key.upper(), (said or "FC", True, True))
        status = CourseStatus(
            code=(said or "FC")[:10], name=name, counts_as_failure=fails, counts_in_average=counts, rank=50
        )
        statuses[key] = self.structure.plan(status)
        return status


def course_code(record: Record) -> str:
    """Return the code of the course: told, or what stands before the number of the group, or the name."""
    if record["course_code"]:
        return str(record["course_code"])
    if group := record["group_code"]:
        cut = GROUP_NUMBER.fullmatch(group)
        return cut["course"].strip()[:40] if cut else str(group)[:40]
    return str(record["course_name"] or "")[:40]


def refuse_another_course(record: Record, group: CourseGroup) -> None:
    """
    Refuse a line whose group and whose course do not belong together.

    :raises Wrong: naming the course of the group
    """
    told = record["course_code"]
    if record["group_code"] and told and squeezed(told) != squeezed(group.course.code):
        raise Wrong(
            _("%(group)s is a group of %(known)s, not of %(told)s.")
            % {"group": group.code, "known": group.course.code, "told": told},
            _("Correct one of the two."),
            "course_code",
        )

"""Classes, courses and who is in them, in a bundle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from preau.kit.imports.records import Record
from preau.structure.models import TeachingAssignment

from .bundle import Bundle, Row
from .users import PUPIL, STAFF, Users

HOMEROOM = "homeroom"


@dataclass(frozen=True)
class Stay:
    """A pupil in a class, from a day until another, as far as the bundle tells them."""

    class_name: str
    starts_on: date | None
    ends_on: date | None
    level: str

    def is_over(self, on: date) -> bool:
        return self.ends_on is not None and self.ends_on <= on


class Lessons:
    """classes.csv, courses.csv and enrollments.csv."""

    def __init__(self, bundle: Bundle, users: Users) -> None:
        self.bundle = bundle
        self.users = users
        self._courses = bundle.by_key("courses")
        self._years = {row.key: row["schoolYear"] for row in bundle.files.get("academicSessions", [])}
        self.classes = {row.key: row for row in bundle.rows("classes") if self._is_of_the_year(row)}
        self._enrollments = [row for row in bundle.rows("enrollments") if self._is_sound(row)]

    def _is_sound(self, row: Row) -> bool:
        """Say whether an enrolment names a class and a person that the bundle holds; tell it when not."""
        group, user = row["classSourcedId"], row["userSourcedId"]
        if group not in self.classes:
            known = group in self.bundle.every_key("classes")
            left_out = _("The class “%(id)s” is to be deleted, or of another year.")
            wrong = (left_out if known else _("classes.csv has no class “%(id)s”.")) % {"id": group}
            self.bundle.remark(row, "classSourcedId", wrong, _("The line is left out."))
            return False
        if user not in self.users.known or not self.users.roles[user]:
            wrong = _("users.csv has nobody with the id “%(id)s”.") % {"id": user}
            self.bundle.remark(row, "userSourcedId", wrong, _("The line is left out."))
            return False
        return True

    def _is_of_the_year(self, row: Row) -> bool:
        """Say whether a class is of the school year of the bundle; one that names no term is."""
        years = {self._years.get(term, "") for term in row.several("termSourcedIds")} - {""}
        return not years or self.bundle.school_year in years

    def is_homeroom(self, key: str) -> bool:
        return self.classes[key]["classType"].casefold() == HOMEROOM

    def stays(self) -> dict[str, list[Stay]]:
        """Return the classes each pupil is or was in, in order of time."""
        stays: defaultdict[str, list[Stay]] = defaultdict(list)
        for row in self._enrollments:
            key = row["classSourcedId"]
            if row["role"].casefold() == "student" and self.is_homeroom(key):
                first, last = self.bundle.day(row, "beginDate"), self.bundle.day(row, "endDate")
                stays[row["userSourcedId"]].append(
                    Stay(
                        self.name_of(key),
                        first if isinstance(first, date) else None,
                        last if isinstance(last, date) else None,
                        self._level_of(self.classes[key]),
                    )
                )
        for found in stays.values():
            found.sort(key=lambda stay: stay.starts_on or date.min)
        return dict(stays)

    def _level_of(self, row: Row) -> str:
        grades = row.several("grades")
        return grades[0].lstrip("0")[:10] if len(grades) == 1 else ""

    def name_of(self, key: str) -> str:
        row = self.classes[key]
        return row["title"] or row["classCode"] or key

    def code_of(self, key: str) -> str:
        """Return the code of a class: its own when no other has it, else its id."""
        code = self.classes[key]["classCode"]
        twins = [class_group for class_group in self.classes.values() if class_group["classCode"] == code]
        return code[:50] if code and len(twins) == 1 else key[:50]

    def courses(self) -> list[Record]:
        """Return a record for each class that follows a course."""
        return [self._course(row) for row in self.classes.values() if not self.is_homeroom(row.key)]

    def _course(self, row: Row) -> Record:
        course = self._courses.get(row["courseSourcedId"])
        if course is None and self.bundle.files.get("courses"):
            self.bundle.remark(
                row,
                "courseSourcedId",
                _("courses.csv has no course “%(id)s”.") % {"id": row["courseSourcedId"]},
                _("The course is named after the class."),
            )
        subjects = row.several("subjects") or (course.several("subjects") if course else [])
        codes = row.several("subjectCodes") or (course.several("subjectCodes") if course else [])
        grades = row.several("grades") or (course.several("grades") if course else [])
        told: dict[str, Any] = {
            "group_code": self.code_of(row.key),
            "group_name": row["title"][:60] or None,
            "course_code": (course["courseCode"] if course else "")[:40]
            or row["courseSourcedId"][:40]
            or row.key[:40],
            "course_name": (course["title"] if course else row["title"])[:100] or None,
            "subject_code": codes[0][:20] if codes else None,
            "subject_name": subjects[0][:100] if subjects else None,
            "year_level": grades[0].lstrip("0")[:10] if len(grades) == 1 else None,
            **(_of_ours(course) if course else {}),
        }
        columns = {"group_code": "classCode", "course_code": "courseSourcedId", "year_level": "grades"}
        return Record(row.line, told, columns, row.file)

    def memberships(self) -> list[Record]:
        """Return a record for each enrolment in a course: pupils follow, teachers teach."""
        return list(self._memberships())

    def _memberships(self) -> Iterator[Record]:
        seen: set[tuple[str, str, str, str]] = set()
        for row in self._enrollments:
            role, user, key = row["role"].casefold(), row["userSourcedId"], row["classSourcedId"]
            once = (role, user, key, row["beginDate"])
            if self.is_homeroom(key) or once in seen:
                continue
            seen.add(once)
            if role not in {"student", "teacher"}:
                self.bundle.remark(
                    row,
                    "role",
                    _("Only pupils and teachers are put in groups, not “%(role)s”.") % {"role": role},
                )
            elif role == "teacher" and not self.users.has_role(user, STAFF):
                wrong = _(
                    "This person is no member of staff in the roles: a file does not make a teacher of them."
                )
                self.bundle.remark(row, "role", wrong, _("Correct the roles, if it is wrong."))
            else:
                if role == "student" and not self.users.has_role(user, PUPIL):
                    self.bundle.remark(
                        row, "role", _("This person follows the class but is no pupil in the roles.")
                    )
                yield self._membership(row, "pupil_id" if role == "student" else "teacher_id")

    def _membership(self, row: Row, who: str) -> Record:
        first, last = self.bundle.day(row, "beginDate"), self.bundle.day(row, "endDate")
        if isinstance(first, date) and isinstance(last, date) and last <= first:
            self.bundle.remark(row, "endDate", _("It ends before it starts."), _("The end is left out."))
            last = None
        told = {
            who: row["userSourcedId"],
            "group_code": self.code_of(row["classSourcedId"]),
            "starts_on": first,
            "ends_on": last,
            "teaches_as": kind if (kind := row["metadata.kind"]) in TeachingAssignment.Kind.values else None,
        }
        columns = {
            who: "userSourcedId",
            "group_code": "classSourcedId",
            "starts_on": "beginDate",
            "ends_on": "endDate",
        }
        return Record(row.line, told, columns, row.file)


def _of_ours(course: Row) -> dict[str, Any]:
    """Return what only a bundle of ours tells of a course."""
    return {
        "status": course["metadata.status"][:10] or None,
        "weekly_periods": int(periods) if (periods := course["metadata.weeklyPeriods"]).isdecimal() else None,
        "form": course["metadata.form"][:10] or None,
        "language": course["metadata.language"][:5] or None,
    }

"""
A bundle of ours, for another program: assessments and grades, with the classes, courses, people and periods
they speak of, so that it stands on its own.

An id that another bundle gave a person is kept; other things are named after their key here. What the
standard has no place for (the weight of an assessment, the sign that stands instead of points, what a course
counts for) goes in columns of its `metadata`, which our own import reads again. `left_behind` lists the rest.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import IO, Any

from django.db.models import Q, QuerySet

from preau.accounts.models import Account
from preau.kit.progress import Progress, nobody_watches
from preau.kit.tables.writing import RUNS
from preau.people.models import ExternalId
from preau.structure.models import (
    CourseGroup,
    Enrolment,
    GroupMembership,
    SchoolYear,
    TeachingAssignment,
    YearLevel,
)
from preau.structure.queries import periods_of, school

from .bundle import SOURCE
from .columns import columns_of, files_of, manifest
from .outgoing_marks import ORG, Facts, OutgoingMarks, plain_number, yes_or_no

HOMEROOM_COURSE = "homeroom"


class Export:
    """The bundle of some groups of one school year."""

    def __init__(self, groups: Iterable[CourseGroup], year: SchoolYear, version: str) -> None:
        self.version, self.year = version, year
        self.groups = list(groups)
        self._keys = [group.pk for group in self.groups]
        self._memberships = list(self._of_groups(GroupMembership).select_related("pupil"))
        self._assignments = list(self._of_groups(TeachingAssignment).select_related("teacher"))
        self._people = {membership.pupil_id: membership.pupil for membership in self._memberships}
        self._teachers = {assignment.teacher_id: assignment.teacher for assignment in self._assignments}
        self._enrolments = list(
            Enrolment.objects.filter(pupil__in=list(self._people), class_group__school_year=year)
            .select_related("class_group__year_level")
            .order_by("starts_on", "pk")
        )
        known = ExternalId.objects.filter(
            system=SOURCE, person__in=[*self._people, *self._teachers]
        ).values_list("person", "value")
        self._ids = dict(known)
        self._marks = OutgoingMarks(self._keys, self._user)

    def write(self, target: IO[bytes], progress: Progress = nobody_watches) -> None:
        """Write the bundle as a zip of csv files."""
        files: dict[str, Iterator[Facts]] = {
            "orgs": self._orgs(),
            "academicSessions": self._sessions(),
            "courses": self._courses(),
            "classes": self._classes(),
            "users": self._users(),
            "enrollments": self._enrollments(),
            "categories": self._marks.categories(),
            "lineItems": self._marks.line_items(),
            "results": self._marks.results(progress),
        }
        if self.version != "1.1":
            files["roles"] = self._roles()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            _write(archive, "manifest", ["propertyName", "value"], manifest(self.version))
            for name in files_of(self.version):
                columns = columns_of(name, self.version)
                rows = ([facts.get(column, "") for column in columns] for facts in files[name])
                _write(archive, name, columns, rows)

    @property
    def results_count(self) -> int:
        return self._marks.grades().count()

    def _of_groups(self, model: Any) -> QuerySet[Any]:
        ties: QuerySet[Any] = model.objects.filter(group__in=self._keys)
        return ties.order_by("group", "starts_on", "pk")

    def _user(self, person_id: int) -> str:
        return self._ids.get(person_id) or f"person-{person_id}"

    # ---- the school ----

    def _orgs(self) -> Iterator[Facts]:
        known = school()
        yield {
            "sourcedId": ORG,
            "name": known.name if known else "Préau",
            "type": "school",
            "identifier": known.fase_number if known else "",
        }

    def _sessions(self) -> Iterator[Facts]:
        year = self.year
        named = {"schoolYear": year.ends_on.year}
        yield {
            "sourcedId": f"year-{year.pk}",
            "title": year.name,
            "type": "schoolYear",
            "startDate": year.starts_on,
            "endDate": year.ends_on,
            **named,
        }
        for period in periods_of(year):
            yield {
                "sourcedId": f"period-{period.pk}",
                "title": period.name,
                "type": "gradingPeriod",
                "startDate": period.starts_on,
                "endDate": period.ends_on,
                "parentSourcedId": f"year-{year.pk}",
                "metadata.code": period.code,
                "metadata.kind": period.kind,
                "metadata.weight": plain_number(period.weight),
                "metadata.deliberates": yes_or_no(period.is_deliberative),
                **named,
            }

    def _courses(self) -> Iterator[Facts]:
        for course in {group.course_id: group.course for group in self.groups}.values():
            yield {
                "sourcedId": f"course-{course.pk}",
                "schoolYearSourcedId": f"year-{self.year.pk}",
                "title": course.name,
                "courseCode": course.code,
                "grades": _level(course.year_level),
                "orgSourcedId": ORG,
                "subjects": course.subject.name,
                "subjectCodes": course.subject.code,
                "metadata.status": course.status.code,
                "metadata.statusName": course.status.name,
                "metadata.countsAsFailure": yes_or_no(course.status.counts_as_failure),
                "metadata.countsInAverage": yes_or_no(course.status.counts_in_average),
                "metadata.weeklyPeriods": course.weekly_periods,
                "metadata.form": course.form,
                "metadata.language": course.language,
            }
        if self._enrolments:
            yield {"sourcedId": HOMEROOM_COURSE, "title": "Homeroom", "orgSourcedId": ORG}

    def _classes(self) -> Iterator[Facts]:
        shared = {"schoolSourcedId": ORG, "termSourcedIds": f"year-{self.year.pk}"}
        for group in self.groups:
            yield {
                "sourcedId": f"group-{group.pk}",
                "title": group.name,
                "grades": _level(group.course.year_level),
                "courseSourcedId": f"course-{group.course_id}",
                "classCode": group.code,
                "classType": "scheduled",
                "subjects": group.course.subject.name,
                "subjectCodes": group.course.subject.code,
                **shared,
            }
        for class_group in {
            enrolment.class_group_id: enrolment.class_group for enrolment in self._enrolments
        }.values():
            yield {
                "sourcedId": f"class-{class_group.pk}",
                "title": class_group.name,
                "grades": _level(class_group.year_level),
                "courseSourcedId": HOMEROOM_COURSE,
                "classCode": class_group.name,
                "classType": "homeroom",
                **shared,
            }

    # ---- people ----

    def _users(self) -> Iterator[Facts]:
        people = {**self._people, **self._teachers}
        names = dict(Account.objects.filter(person__in=list(people)).values_list("person", "username"))
        levels = {
            enrolment.pupil_id: _level(enrolment.class_group.year_level) for enrolment in self._enrolments
        }
        for key, person in sorted(people.items()):
            yield {
                "sourcedId": self._user(key),
                "enabledUser": "true",
                "orgSourcedIds": ORG,
                "primaryOrgSourcedId": ORG,
                "role": self._role(key),
                "username": names.get(key, ""),
                "givenName": person.given_name,
                "familyName": person.family_name,
                "preferredGivenName": person.preferred_name,
                "email": person.email,
                "grades": levels.get(key, ""),
            }

    def _role(self, key: int) -> str:
        return "student" if key in self._people else "teacher"

    def _roles(self) -> Iterator[Facts]:
        for key in sorted({**self._people, **self._teachers}):
            yield {
                "sourcedId": f"role-{key}",
                "userSourcedId": self._user(key),
                "roleType": "primary",
                "role": self._role(key),
                "orgSourcedId": ORG,
            }

    def _enrollments(self) -> Iterator[Facts]:
        for membership in self._memberships:
            yield self._enrollment(
                f"member-{membership.pk}",
                f"group-{membership.group_id}",
                membership.pupil_id,
                "student",
                membership,
            )
        for assignment in self._assignments:
            is_main = assignment.kind == TeachingAssignment.Kind.MAIN
            told = self._enrollment(
                f"teacher-{assignment.pk}",
                f"group-{assignment.group_id}",
                assignment.teacher_id,
                "teacher",
                assignment,
            )
            yield told | {"primary": yes_or_no(is_main), "metadata.kind": assignment.kind}
        for enrolment in self._enrolments:
            yield self._enrollment(
                f"pupil-{enrolment.pk}",
                f"class-{enrolment.class_group_id}",
                enrolment.pupil_id,
                "student",
                enrolment,
            )

    def _enrollment(self, key: str, of: str, person_id: int, role: str, tie: Any) -> Facts:
        return {
            "sourcedId": key,
            "classSourcedId": of,
            "schoolSourcedId": ORG,
            "userSourcedId": self._user(person_id),
            "role": role,
            "primary": "false",
            "beginDate": tie.starts_on,
            "endDate": tie.ends_on,
        }


def export_groups(year: SchoolYear, groups: Iterable[int] | None = None) -> QuerySet[CourseGroup]:
    """Return the groups of a year that go in a bundle: some, or all that hold an assessment."""
    chosen = CourseGroup.objects.filter(school_year=year).select_related(
        "course__year_level", "course__subject", "course__status"
    )
    if groups is None:
        return chosen.filter(Q(assessments__isnull=False)).distinct().order_by("pk")
    return chosen.filter(pk__in=list(groups)).order_by("pk")


def _level(level: YearLevel) -> str:
    return level.code


def _write(archive: zipfile.ZipFile, name: str, columns: list[str], rows: Iterable[Iterable[Any]]) -> None:
    with archive.open(f"{name}.csv", "w") as member:
        text = io.TextIOWrapper(member, encoding="utf-8", newline="", errors="replace")
        writer = csv.writer(text)
        writer.writerow(columns)
        writer.writerows([_written(value) for value in row] for row in rows)
        text.flush()
        text.detach()


def _written(value: Any) -> str:
    """Return a value as a bundle writes it; what a spreadsheet program would run gets an apostrophe."""
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value).replace("\0", "")
    return f"'{text}" if RUNS.match(text) else text

"""Classes, courses, groups and who belongs to them, found by the names and codes that files give them."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from preau.kit.imports.work import Import
from preau.kit.tables import plain
from preau.structure.actions import ensure_current_year
from preau.structure.actions.many import create_many
from preau.structure.models import (
    ClassGroup,
    Course,
    CourseGroup,
    CourseStatus,
    Enrolment,
    GroupMembership,
    ReportPeriod,
    SchoolYear,
    Subject,
    TeachingAssignment,
    YearLevel,
)

M = TypeVar("M", bound=models.Model)
IN_ORDER = (YearLevel, CourseStatus, Subject, Course, CourseGroup, ClassGroup)
"""What others point at comes before them."""
MANY = 0.1
"""From this share of newcomers on a file describes the year from its first day, below it what changes now."""
MANY_NAMES = 12
LEVEL = re.compile(r"(?:([12])\s*([CSD])|([7])\s*(P|TQ)?|(\d{1,2}))", re.IGNORECASE)
USUAL_LEVELS = {
    "1C": (10, 1), "1D": (11, 1), "1S": (12, 1), "2C": (20, 1), "2D": (21, 1), "2S": (22, 1),
}  # fmt: skip
HIGHEST_YEAR = 7
SEVERAL_YEARS = "*"
LONGEST_CLASS_NAME = 30


class Structure:
    """The structure of one school year, known and about to be made: one object for each thing."""

    def __init__(self, work: Import, year: SchoolYear | None = None) -> None:
        self.work = work
        self.year = year or ensure_current_year(by=work.by, at=work.at)
        self.made: list[str] = []
        """The names of the classes, courses and groups that are made: the report tells them."""
        self.levels = {plain(level.code) or level.code: level for level in YearLevel.objects.all()}
        self.classes = {
            plain(group.name): group for group in ClassGroup.objects.filter(school_year=self.year)
        }
        self._planned: defaultdict[type[models.Model], list[Any]] = defaultdict(list)

    @cached_property
    def today(self) -> date:
        """Return the day ties begin and end on: today, or the nearest day of the school year."""
        at = self.work.at
        day = timezone.localdate(at) if timezone.is_aware(at) else at.date()
        return min(max(day, self.year.starts_on), self.year.ends_on - timedelta(days=1))

    def start_for(self, newcomers: int, total: int) -> date:
        """Return the day new ties begin: the first of the year when a whole school comes in, else today."""
        return self.year.starts_on if newcomers > MANY * total else self.today

    def plan(self, record: M) -> M:
        """Plan to make a level, a status, a subject, a course, a group or a class."""
        self._planned[type(record)].append(record)
        return record

    def write(self) -> None:
        """Make what is planned, in the order in which one needs the other."""
        for model in IN_ORDER:
            create_many(records=self._planned.pop(model, []), by=self.work.by, at=self.work.at)

    def tell_what_is_made(self) -> None:
        """Say in the report which classes, courses and groups did not exist, where the secretary looks."""
        if not self.made:
            return
        more = "…" if len(self.made) > MANY_NAMES else "."
        words = _("These classes, courses or groups do not exist yet and are made (%(count)d): %(names)s")
        told = words % {"count": len(self.made), "names": ", ".join(self.made[:MANY_NAMES])} + more
        self.work.report.note(told)

    @cached_property
    def statuses(self) -> dict[str, CourseStatus]:
        return {plain(status.code): status for status in CourseStatus.objects.all()}

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        return {plain(subject.code): subject for subject in Subject.objects.all()}

    @cached_property
    def courses(self) -> dict[str, Course]:
        return {
            squeezed(course.code): course
            for course in Course.objects.select_related("year_level", "subject", "status")
        }

    @cached_property
    def groups(self) -> dict[str, CourseGroup]:
        groups = CourseGroup.objects.filter(school_year=self.year).select_related("course__year_level")
        return {squeezed(group.code): group for group in groups}

    @cached_property
    def periods(self) -> list[ReportPeriod]:
        return list(self.year.periods.all()) if self.year.pk else []

    @cached_property
    def pupils(self) -> set[int]:
        """Return the keys of those who are or were enrolled."""
        return set(Enrolment.objects.values_list("pupil", flat=True))

    @cached_property
    def enrolments(self) -> dict[int, list[Enrolment]]:
        """Return the enrolments that go on today or later, by pupil."""
        going_on: defaultdict[int, list[Enrolment]] = defaultdict(list)
        lasting = Enrolment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=self.today))
        for enrolment in lasting.select_related("class_group__year_level").order_by("starts_on"):
            going_on[enrolment.pupil_id].append(enrolment)
        return going_on

    def enrolments_this_year(self, pupil: int | None) -> list[Enrolment]:
        known = self.enrolments.get(pupil or 0, ())
        return [tie for tie in known if tie.class_group.school_year_id == self.year.pk]

    def level_of(self, pupil: int | None) -> YearLevel | None:
        """Return the year of study in which a pupil is."""
        known = self.enrolments.get(pupil or 0, ())
        return known[-1].class_group.year_level if known else None

    @cached_property
    def memberships(self) -> dict[tuple[int, int], list[GroupMembership]]:
        """Return the memberships of the year, by the keys of the pupil and of the group."""
        found: defaultdict[tuple[int, int], list[GroupMembership]] = defaultdict(list)
        for tie in GroupMembership.objects.filter(group__school_year=self.year).order_by("starts_on"):
            found[tie.pupil_id, tie.group_id].append(tie)
        return found

    @cached_property
    def groups_by_pupil(self) -> dict[int, list[int]]:
        """Return the keys of the groups of the year that each pupil follows or followed."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for pupil, group in self.memberships:
            found[pupil].append(group)
        return found

    @cached_property
    def assignments(self) -> dict[tuple[int, int], list[TeachingAssignment]]:
        """Return who teaches what this year, by the keys of the teacher and of the group."""
        found: defaultdict[tuple[int, int], list[TeachingAssignment]] = defaultdict(list)
        for tie in TeachingAssignment.objects.filter(group__school_year=self.year).order_by("starts_on"):
            found[tie.teacher_id, tie.group_id].append(tie)
        return found

    def goes_on(self, tie: GroupMembership | TeachingAssignment) -> bool:
        """Say whether a tie lasts beyond today."""
        return tie.ends_on is None or tie.ends_on > self.today

    @cached_property
    def groups_by_key(self) -> dict[int, CourseGroup]:
        return {group.pk: group for group in self.groups.values() if group.pk is not None}

    def level_for(self, name: str) -> YearLevel | None:
        """Return the year of study that a class or course name tells: 1CB → 1C, 4TTA → 4, GP1 → 1."""
        told = LEVEL.search(name)
        if not told:
            return None
        digit = told[1] or told[3] or told[5]
        letters = (told[2] or told[4] or "").upper()
        at_start = told.start() == 0
        for code in [f"{digit}{letters}", digit, f"{digit}C"] if at_start else [digit, f"{digit}C"]:
            if level := self.levels.get(plain(code)):
                return level
        return self.new_level(f"{digit}{letters}" if at_start else digit)

    def level_coded(self, code: str) -> YearLevel:
        """Return the year of study with this code, planned if there is none."""
        found = self.levels.get(plain(code) or code) or (
            None if names_a_level(code) else self.level_for(code)
        )
        return found or self.new_level(code)

    def new_level(self, code: str) -> YearLevel:
        """Plan a year of study: its order and degree follow from its code."""
        code = code.upper()[:10]
        digit = int(re.sub(r"\D", "", code)[:2] or 0)
        degree = (digit + 1) // 2 if 0 < digit < HIGHEST_YEAR else None
        rank, degree = USUAL_LEVELS.get(code, (digit * 10, 3 if digit == HIGHEST_YEAR else degree))
        with override(settings.LANGUAGE_CODE):
            name = _("Year %(code)s") % {"code": code}
        level = self.plan(YearLevel(code=code, name=name, rank=rank, degree=degree))
        self.levels[plain(code)] = level
        return level

    def several_years(self) -> YearLevel:
        """Return the level of what is for no year in particular, planned if there is none."""
        if known := self.levels.get(SEVERAL_YEARS):
            return known
        with override(settings.LANGUAGE_CODE):
            name = _("Several years")
        level = self.plan(YearLevel(code=SEVERAL_YEARS, name=name, rank=0))
        self.levels[SEVERAL_YEARS] = level
        return level

    def new_class(self, name: str, level: YearLevel) -> ClassGroup:
        """Plan a class of this year."""
        group = self.plan(ClassGroup(school_year=self.year, year_level=level, name=name))
        self.classes[plain(name)] = group
        self.made.append(name)
        return group

    def period(self, said: str) -> ReportPeriod | None:
        """Return the report period with this code or name."""
        wanted = plain(said)
        return next(
            (period for period in self.periods if wanted in {plain(period.code), plain(period.name)}), None
        )


def names_a_level(code: str) -> bool:
    """Say whether a code names one year of study and no other: 2S, though a class 2SA may be in 2C too."""
    told = LEVEL.fullmatch(code.strip())
    return bool(told and (told[2] or told[4]))


def squeezed(code: str) -> str:
    """Return a code without spaces or case: `6 GT:CHIM2-01` and `6GT:chim2-01` are one."""
    return "".join(code.split()).casefold()

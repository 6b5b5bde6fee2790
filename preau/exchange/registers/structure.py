"""Classes, courses and groups the school knows, found by the names and codes that files give them."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from preau.exchange.draft import Draft
from preau.kit.tables import plain
from preau.structure.models import (
    ClassGroup,
    Course,
    CourseGroup,
    CourseStatus,
    GroupMembership,
    ReportPeriod,
    SchoolYear,
    Subject,
    TeachingAssignment,
    YearLevel,
)

LEVEL = re.compile(r"(?:([12])\s*([CSD])|([7])\s*(P|TQ)?|(\d{1,2}))", re.IGNORECASE)
USUAL_LEVELS = {
    "1C": (10, 1), "1D": (11, 1), "1S": (12, 1), "2C": (20, 1), "2D": (21, 1), "2S": (22, 1),
}  # fmt: skip
HIGHEST_YEAR = 7
SEVERAL_YEARS = "*"
LONGEST_CLASS_NAME = 30


class Structure:
    """The structure of one school year, known and drafted: one object for each thing."""

    def __init__(self, year: SchoolYear, draft: Draft) -> None:
        self.year = year
        self._draft = draft
        self.drafted_ties: dict[tuple[int, int], Any] = {}
        """Memberships and assignments drafted, by the identities in memory of the person and the group."""
        self.made: list[str] = []
        """The names of the classes, courses and groups that are drafted: the report tells them."""
        self.levels = {plain(level.code) or level.code: level for level in YearLevel.objects.all()}
        self.classes = {plain(group.name): group for group in ClassGroup.objects.filter(school_year=year)}

    @cached_property
    def statuses(self) -> dict[str, CourseStatus]:
        return {plain(status.code): status for status in CourseStatus.objects.all()}

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        return {plain(subject.code): subject for subject in Subject.objects.all()}

    @cached_property
    def courses(self) -> dict[str, Course]:
        return {
            squeezed(course.code): course for course in Course.objects.select_related("year_level", "subject")
        }

    @cached_property
    def groups(self) -> dict[str, CourseGroup]:
        groups = CourseGroup.objects.filter(school_year=self.year).select_related("course__year_level")
        return {squeezed(group.code): group for group in groups}

    @cached_property
    def periods(self) -> list[ReportPeriod]:
        return list(self.year.periods.all()) if self.year.pk else []

    @cached_property
    def memberships(self) -> dict[tuple[int, int], list[GroupMembership]]:
        """Return the memberships of the year, by the keys of the pupil and of the group."""
        found: defaultdict[tuple[int, int], list[GroupMembership]] = defaultdict(list)
        for tie in GroupMembership.objects.filter(group__school_year=self.year).order_by("starts_on"):
            found[tie.pupil_id, tie.group_id].append(tie)
        return found

    @cached_property
    def memberships_by_pupil(self) -> dict[int, list[GroupMembership]]:
        found: defaultdict[int, list[GroupMembership]] = defaultdict(list)
        for (pupil, _group), ties in self.memberships.items():
            found[pupil].extend(ties)
        return found

    @cached_property
    def assignments(self) -> dict[tuple[int, int], list[TeachingAssignment]]:
        """Return who teaches what this year, by the keys of the teacher and of the group."""
        found: defaultdict[tuple[int, int], list[TeachingAssignment]] = defaultdict(list)
        for tie in TeachingAssignment.objects.filter(group__school_year=self.year).order_by("starts_on"):
            found[tie.teacher_id, tie.group_id].append(tie)
        return found

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
        """Return the year of study with this code, drafted if there is none."""
        return self.levels.get(plain(code)) or self.level_for(code) or self.new_level(code)

    def new_level(self, code: str) -> YearLevel:
        """Draft a year of study: its order and degree follow from its code."""
        code = code.upper()[:10]
        digit = int(re.sub(r"\D", "", code)[:2] or 0)
        degree = (digit + 1) // 2 if 0 < digit < HIGHEST_YEAR else None
        rank, degree = USUAL_LEVELS.get(code, (digit * 10, 3 if digit == HIGHEST_YEAR else degree))
        with override(settings.LANGUAGE_CODE):
            name = _("Year %(code)s") % {"code": code}
        level = self._draft.add(YearLevel(code=code, name=name, rank=rank, degree=degree))
        self.levels[plain(code)] = level
        return level

    def several_years(self) -> YearLevel:
        """Return the level of what is for no year in particular, drafted if there is none."""
        if known := self.levels.get(SEVERAL_YEARS):
            return known
        with override(settings.LANGUAGE_CODE):
            name = _("Several years")
        level = self._draft.add(YearLevel(code=SEVERAL_YEARS, name=name, rank=0))
        self.levels[SEVERAL_YEARS] = level
        return level

    def new_class(self, name: str, level: YearLevel) -> ClassGroup:
        """Draft a class of this year."""
        group = self._draft.add(ClassGroup(school_year=self.year, year_level=level, name=name))
        self.classes[plain(name)] = group
        self.made.append(name)
        return group

    def period(self, said: str) -> ReportPeriod | None:
        """Return the report period with this code or name."""
        wanted = plain(said)
        return next((it for it in self.periods if wanted in {plain(it.code), plain(it.name)}), None)


def squeezed(code: str) -> str:
    """Return a code without spaces or case: `6 GT:CHIM2-01` and `6GT:chim2-01` are one."""
    return "".join(code.split()).casefold()

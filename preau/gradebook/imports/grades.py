"""Grades, and the assessments, groups and memberships they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from preau.gradebook.actions.imports import ImportedGrade, hold_groups, import_grades
from preau.gradebook.cells import Cells
from preau.gradebook.models import Assessment, Grade
from preau.gradebook.typed import Typed
from preau.grading.actions import adopt_defaults
from preau.grading.models import Level, Token
from preau.grading.queries import Schemes, tokens_by_sign
from preau.kit.imports.changes import as_read
from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.kit.imports.values import NUMBER, Wrong
from preau.kit.imports.work import Import
from preau.kit.tables import Table, as_text, plain
from preau.people.imports.identity import name_in
from preau.people.imports.register import Register
from preau.people.models import Person
from preau.structure.imports.known_pupils import find_pupil
from preau.structure.imports.memberships import Followers
from preau.structure.imports.offer import Offer
from preau.structure.imports.register import Structure
from preau.structure.imports.staff import STAFF_NUMBERS
from preau.structure.models import CourseGroup, ReportPeriod, SchoolYear
from preau.structure.queries import current_year, periods_of

from .assessments import USUAL_MAXIMUM, Assessments, GradeLine

HIGH_MAXIMUM = 100


def bring_grades(work: Import, records: Sequence[Record], *, year: SchoolYear | None = None) -> None:
    """Bring the grades of a file in, with the assessments they are of."""
    adopt_defaults()
    Grades(work, Structure(work, year)).bring(records)


def periods_to_choose() -> list[tuple[str, str]]:
    """Return the report periods of the year, for the grades of a column to be of one."""
    return [(period.code, f"{period.code} · {period.name}") for period in periods_of(current_year())]


def usual_maximum(table: Table, column: str) -> int:
    """Return what the grades of a column seem to be out of: 20, or 100 when one is higher."""
    place = table.columns.index(column)
    typed = (as_text(row[place]).strip().replace(",", ".") for row in table.rows)
    highest = max((float(text) for text in typed if NUMBER.fullmatch(text)), default=0)
    return USUAL_MAXIMUM if highest <= USUAL_MAXIMUM else HIGH_MAXIMUM


class Grades:
    """The grades one file brings."""

    def __init__(self, work: Import, structure: Structure) -> None:
        self.work, self.structure = work, structure
        self.register = Register()
        self.offer = Offer(structure)
        self.followers = Followers(structure, self.register, STAFF_NUMBERS)
        self.assessments = Assessments(work, structure)
        self.cells = Cells(tokens_by_sign())
        self._schemes: dict[int, Schemes] = {}

    def bring(self, records: Sequence[Record]) -> None:
        """Find pupils and groups, then assessments, then compare the grades; write each before the next."""
        lines = self._lines(records)
        self.structure.write()
        groups = {line.group.pk for line in lines}
        self._closed = hold_groups(groups)  # So that nobody closes them meanwhile.
        self.assessments.read(groups)
        for line in lines:
            with self.work.looking_at(line.record):
                self._place(line)
        self.followers.write()
        self.assessments.write()
        self._write_grades([line for line in lines if line.assessment is not None and not line.record.wrongs])
        self.work.tell(records)
        self.structure.tell_what_is_made()

    def _lines(self, records: Sequence[Record]) -> list[GradeLine]:
        lines = []
        for record in records:
            record.subject = record["pupil_id"] or ", ".join(name_in(record)).strip(", ")
            is_item = bool(record["is_item"])
            if record.wrongs or (record["points"] is None and not is_item):
                continue
            with self.work.looking_at(record):
                pupil = None if is_item else find_pupil(self.structure, self.register, record)
                group, period = self._group(record, pupil), self._period(record)
                record.subject = " · ".join([*([pupil.list_name] if pupil else []), record["title"] or ""])
                lines.append(GradeLine(record, pupil, group, period))
        return lines

    # Which gradebook.
    def _group(self, record: Record, pupil: Person | None) -> CourseGroup:
        if pupil is None:
            return self.offer.group(record)
        if not (record["group_code"] or record["course_code"]):
            wanted, groups = plain(record["course_name"] or ""), self.structure.groups_by_key
            for key in self.structure.groups_by_pupil.get(pupil.pk, ()):
                if wanted in {plain(groups[key].course.name), plain(groups[key].course.code)}:
                    return groups[key]
        return self.offer.group(record, level=lambda: self.structure.level_of(pupil.pk))

    def _period(self, record: Record) -> ReportPeriod:
        said = record["period"] or ""
        if period := self.structure.period(said):
            return period
        known = ", ".join(period.code for period in self.structure.periods)
        raise Wrong(
            _("There is no report period “%(said)s” in %(year)s.")
            % {"said": said, "year": self.structure.year.name},
            _("Write one of: %(known)s.") % {"known": known},
            "period",
        )

    # At what.
    def _place(self, line: GradeLine) -> None:
        """Find or plan the assessment of a line, in an open gradebook, for a pupil who follows the group."""
        if (line.group.pk, line.period.pk) in self._closed:
            if line.pupil is None and self.assessments.named_by(line):
                return
            raise Wrong(
                _("The gradebook of %(group)s is closed for “%(period)s”.")
                % {"group": line.group.code, "period": line.period.name},
                _("Reopen it first, or leave these grades out."),
                "points",
            )
        if line.pupil is not None:
            self._join(line.record, line.pupil, line)
        line.assessment = self.assessments.of(line)

    def _join(self, record: Record, pupil: Person, line: GradeLine) -> None:
        """See to it that the pupil follows the group during the period."""
        ties = self.structure.memberships.get((pupil.pk, line.group.pk), [])
        first, last = line.period.starts_on, line.period.ends_on
        if any(tie.starts_on < last and (tie.ends_on is None or tie.ends_on > first) for tie in ties):
            return
        if not self.work.makes_missing:
            raise Wrong(
                _("%(pupil)s does not follow %(group)s in “%(period)s”.")
                % {"pupil": pupil.full_name, "group": line.group.code, "period": line.period.name},
                _("Import the memberships first, or correct the group."),
                "group_code",
            )
        year = self.structure.year
        enrolled = [tie.starts_on for tie in self.structure.enrolments.get(pupil.pk, ())]
        start = min([year.starts_on, *(day for day in enrolled if day >= year.starts_on)])
        self.followers.follow(record, pupil, line.group, start)
        record.is_new = False

    # What grade.
    def _write_grades(self, lines: Sequence[GradeLine]) -> None:
        lines = [line for line in lines if line.pupil is not None]
        keys = {line.assessment.pk for line in lines if line.assessment}
        known = {
            (grade.assessment_id, grade.pupil_id): grade
            for grade in Grade.objects.filter(assessment__in=keys).select_related("token", "level")
        }
        seen: dict[tuple[int, int], int] = {}
        wanted: list[ImportedGrade] = []
        for line in lines:
            with self.work.looking_at(line.record):
                if line.assessment is not None and line.pupil is not None:
                    wanted.extend(self._grade(line, line.pupil, line.assessment, known, seen))
        import_grades(grades=wanted, by=self.work.by, at=self.work.at)

    def _grade(
        self,
        line: GradeLine,
        pupil: Person,
        assessment: Assessment,
        known: Mapping[tuple[int, int], Grade],
        seen: dict[tuple[int, int], int],
    ) -> list[ImportedGrade]:
        """Return the grade of a line; nothing where the cell says that nothing stands there."""
        cell = assessment.pk, pupil.pk
        grade = known.get(cell)
        typed = self._typed(line, assessment, grade)
        if typed == Typed():
            return []
        first = seen.setdefault(cell, line.record.line)
        if first != line.record.line:
            words = _("This grade already stands on line %(line)d.") % {"line": first}
            raise Wrong(words, _("Keep one of the two lines."), "points")
        new = _shown(typed.points, typed.token or typed.level)
        if grade is None:
            line.record.is_new = True
            line.record.changes.append(Change(_("Grade"), "", new))
        elif (grade.points, grade.token, grade.level) != (typed.points, typed.token, typed.level):
            old = _shown(grade.points, grade.token or grade.level)
            line.record.changes.append(Change(_("Grade"), old, new))
        return [ImportedGrade(*cell, typed)]

    def _typed(self, line: GradeLine, assessment: Assessment, grade: Grade | None) -> Typed:
        if line.period.pk not in self._schemes:
            self._schemes[line.period.pk] = Schemes(line.period.starts_on)
        allows_bonus = self._schemes[line.period.pk].for_course(line.group.course).allows_bonus
        stands = grade.points if grade else None
        try:
            return self.cells.read_at(
                assessment, line.record["points"], stands=stands, allows_bonus=allows_bonus
            )
        except Wrong as wrong:
            wrong.target = "points"
            raise


def _shown(points: Decimal | None, sign: Token | Level | None) -> str:
    return sign.code if sign else as_read(points)

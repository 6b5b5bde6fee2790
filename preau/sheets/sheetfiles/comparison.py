"""A file beside the sheet: what it would add or change, and what is wrong in it. Nothing is written."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from preau.design.pieces import cote
from preau.gradebook.facts import FactRefused, check_facts
from preau.gradebook.models import Assessment, Comment
from preau.gradebook.queries import Cell, Sheet
from preau.gradebook.typed import Typed
from preau.kit.imports.report import Line, Status
from preau.kit.imports.values import Wrong, day, decimal, unread
from preau.kit.tables import Cell as FileCell
from preau.kit.tables import Lines, UnreadCell, as_text
from preau.people.models import Person

from .choices import COMMENT, LEFT_OUT, NEW, NUMBER, Choices
from .findings import Change, ChosenColumn, CommentChange, NewAssessment, PupilLine
from .labels import column_labels, folded, writable
from .reading import Reading

LONGEST_COMMENT = Comment._meta.get_field("text").max_length or 0
HUNDREDTH = Decimal("0.01")
EMPTY = Cell()
T = TypeVar("T")


class Comparison(Reading):
    """
    What a file comes to under the choices made.

    `fingerprint` changes whenever what would be written does: whoever applies says which one was seen.
    """

    def __init__(self, sheet: Sheet, found: Lines, choices: Choices) -> None:
        super().__init__(sheet, found, choices)
        self.hindrances: list[Line] = []
        """What stops everything."""
        self.wrong_cells: list[Line] = []
        """What stops everything unless wrong cells are left as they are."""
        self.changes: list[Change] = []
        self.comments: list[CommentChange] = []
        self.fresh: dict[int, NewAssessment] = {}
        self.unchanged = self.rounded = 0
        self._check_columns()
        self._check_rows()
        self._compare_grades()
        self._compare_comments()

    # What is wrong.
    def _check_columns(self) -> None:
        if not self.name_places and not self.places_of(NUMBER):
            self._tell(
                _("No column says who the pupils are."), _("Choose the column that holds their names.")
            )
        for what, times in Counter(chosen.choice.what for chosen in self.columns).items():
            if times > 1 and what not in {LEFT_OUT, NEW}:
                letters = ", ".join(
                    chosen.column.letter for chosen in self.columns if chosen.choice.what == what
                )
                words = _("The columns %(columns)s are said to be the same.") % {"columns": letters}
                self._tell(words, _("Keep one of them, and leave the others out."))
        for chosen in self.columns:
            if chosen.choice.what == NEW and (new := self._new_assessment(chosen)):
                self.fresh[chosen.column.place] = new

    def _new_assessment(self, chosen: ChosenColumn) -> NewAssessment | None:
        choice, column = chosen.choice, chosen.column.letter
        maximum, held_on = _understood(decimal, choice.max_points), _understood(day, choice.held_on)
        category = next((one for one in self.categories if one.code == choice.category), None)
        if not choice.title:
            self._tell(_("The new assessment has no title."), _("Write one."), column=column)
        elif maximum is None:
            words = _("“%(typed)s” is no maximum.") % {"typed": choice.max_points}
            self._tell(words, _("Write a number like 20."), column=column)
        elif held_on is None:
            words = _("The day of “%(title)s” is not in the school year %(year)s.")
            said = {"title": choice.title, "year": self.sheet.period.school_year}
            self._tell(words % said, _("Choose a day of the year."), column=column)
        elif category is None:
            self._tell(_("Nobody said what kind of assessment it is."), _("Choose a kind."), column=column)
        else:
            try:
                check_facts(self.sheet.period, {"max_points": maximum, "held_on": held_on})
            except FactRefused as refusal:
                self._tell(str(refusal), _("Correct it above."), column=column)
            else:
                return NewAssessment(chosen.column.place, choice.title, maximum, category, held_on)
        return None

    def _check_rows(self) -> None:
        seen: dict[int, int] = {}
        for row in self.rows:
            if row.is_open:
                words = _("“%(name)s” is nobody's exact name in this group.")
                if row.match.is_told_twice:
                    words = _("The number beside “%(name)s” is that of another pupil.")
                said = words % {"name": (row.name or row.number)[:60]}
                self._tell(said, _("Say who it is, or leave the line out."), line=row.line.number)
            if row.pupil is None:
                continue
            first = seen.setdefault(row.pupil.pk, row.line.number)
            if first != row.line.number:
                words = _("%(pupil)s already stands on line %(line)s.")
                remedy = _("Leave one of the two lines out, or say where the table ends.")
                said = words % {"pupil": row.pupil.full_name, "line": first}
                self._tell(said, remedy, line=row.line.number)

    def _tell(self, wrong: str, remedy: str, *, line: int = 0, column: str = "") -> None:
        self.hindrances.append(Line(Status.ERROR, line, column, wrong=wrong, remedy=remedy))

    def _tell_cell(self, wrong: str, remedy: str, line: int, column: str) -> None:
        self.wrong_cells.append(Line(Status.ERROR, line, column, wrong=wrong, remedy=remedy))

    # What would be written.
    def _compare_grades(self) -> None:
        places = {assessment.pk: place for place, assessment in enumerate(self.sheet.assessments)}
        labels = column_labels(self.sheet.assessments)
        by_pupil = {row.pupil.pk: row.cells for row in self.sheet.rows}
        for chosen in self.columns:
            if new := self.fresh.get(chosen.column.place):
                planned = Assessment(title=new.title, max_points=new.max_points)
                for row, pupil in self._told():
                    self._compare_cell(row, pupil, chosen, new.title, planned, EMPTY)
            elif chosen.choice.assessment_id in places:
                place = places[chosen.choice.assessment_id]
                known = self.sheet.assessments[place]
                for row, pupil in self._told():
                    self._compare_cell(row, pupil, chosen, labels[place], known, by_pupil[pupil.pk][place])
            elif chosen.choice.assessment_id:
                remedy = _("Choose another column of the gradebook.")
                self._tell(_("This assessment is no longer there."), remedy, column=chosen.column.letter)

    def _told(self) -> list[tuple[PupilLine, Person]]:
        return [(row, row.pupil) for row in self.rows if row.pupil is not None]

    def _compare_cell(
        self,
        row: PupilLine,
        pupil: Person,
        chosen: ChosenColumn,
        title: str,
        assessment: Assessment,
        stands: Cell,
    ) -> None:
        cell = row.line.at(chosen.column.place)
        if " ".join(as_text(cell).split()) == stands.text and not stands.is_empty:
            self.unchanged += 1
            return
        typed = self._typed(row, chosen, assessment, stands)
        if typed is None:
            return
        sign, level = typed.token.code if typed.token else "", typed.level.code if typed.level else ""
        is_empty = typed.points is None and not sign and not level
        if is_empty and (stands.is_empty or not self.choices.empties):
            return
        if (stands.points, stands.token, stands.level) == (typed.points, sign, level):
            self.unchanged += 1
            return
        self.rounded += _is_rounded(cell, typed)
        new = sign or level or cote(typed.points)
        line, place = row.line.number, chosen.column.place
        self.changes.append(Change(line, pupil, place, title, stands.text, new, typed, stands.version))

    def _typed(
        self, row: PupilLine, chosen: ChosenColumn, assessment: Assessment, stands: Cell
    ) -> Typed | None:
        """Return what a cell of the file says; nothing, and tell why, when it cannot be read."""
        cell, allows_bonus = row.line.at(chosen.column.place), self.sheet.scheme.allows_bonus
        try:
            return self.cells.read_at(assessment, cell, stands=stands.points, allows_bonus=allows_bonus)
        except Wrong as wrong:
            column = chosen.column.title or chosen.column.letter
            self._tell_cell(wrong.wrong, wrong.remedy, row.line.number, column)
            return None

    def _compare_comments(self) -> None:
        texts = {row.pupil.pk: row.comment.text if row.comment else "" for row in self.sheet.rows}
        for place in self.places_of(COMMENT):
            for row, pupil in self._told():
                cell = row.line.at(place)
                old, new = texts[pupil.pk], _as_kept(cell)
                if isinstance(cell, UnreadCell):
                    wrong = unread(cell)
                    title = self.table.header.text(place)
                    self._tell_cell(wrong.wrong, wrong.remedy, row.line.number, title)
                elif len(new) > LONGEST_COMMENT:
                    words = _("A comment has %(most)s characters at most; this one has %(count)s.")
                    said = words % {"most": LONGEST_COMMENT, "count": len(new)}
                    title = self.table.header.text(place)
                    self._tell_cell(said, _("Shorten it."), row.line.number, title)
                elif folded(old) != folded(new) and (new or self.choices.empties):
                    self.comments.append(CommentChange(row.line.number, pupil, old, new))

    # What it comes to.
    @property
    def problems(self) -> list[Line]:
        """Return all that is wrong, with what to do about it."""
        return [*self.hindrances, *self.wrong_cells]

    @property
    def can_be_applied(self) -> bool:
        if self.hindrances or (self.wrong_cells and not self.choices.skips_wrong):
            return False
        return bool(self.changes or self.comments or self.fresh)

    @property
    def overwritten(self) -> list[Change]:
        """Return the changes of grades that stand already."""
        return [change for change in self.changes if change.old]

    @property
    def added(self) -> int:
        return sum(1 for change in self.changes if not change.old)

    @property
    def open_rows(self) -> list[PupilLine]:
        """Return the lines about which somebody has to decide, or has decided."""
        return [row for row in self.rows if row.match.pupil is None]

    @property
    def rows_left_out(self) -> int:
        return sum(1 for row in self.rows if row.pupil is None)

    @property
    def recognised(self) -> int:
        return len(self._told())

    @property
    def fingerprint(self) -> str:
        told = [
            [
                [change.pupil.pk, change.column, change.old, change.new, change.version]
                for change in self.changes
            ],
            [[comment.pupil.pk, comment.old, comment.new] for comment in self.comments],
            [
                [new.column, new.title, str(new.max_points), new.category.code, str(new.held_on)]
                for new in self.fresh.values()
            ],
            [[chosen.column.place, chosen.choice.what] for chosen in self.columns],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:24]


def compare(sheet: Sheet, found: Lines, choices: Choices) -> Comparison:
    """Put a file beside a sheet."""
    return Comparison(sheet, found, choices)


def _is_rounded(cell: FileCell, typed: Typed) -> bool:
    """Say whether points lose more than the noise of a spreadsheet."""
    is_float = isinstance(cell, float) and typed.points is not None
    return is_float and abs(Decimal(str(cell)) - (typed.points or 0)) > HUNDREDTH / 10


def _as_kept(cell: FileCell) -> str:
    """Return a comment as it is stored."""
    return writable(as_text(cell)).strip()


def _understood(parse: Callable[[FileCell], T | None], text: str) -> T | None:
    """Return what was typed on the page about a new assessment, nothing when it cannot be understood."""
    try:
        return parse(text)
    except Wrong:
        return None

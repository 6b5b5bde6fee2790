"""A file read under the choices made: its table, its columns, its pupils. What nobody decided is guessed."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

from preau.gradebook.cells import Cells
from preau.gradebook.queries import Sheet, usual_assessment
from preau.grading.models import Category
from preau.grading.queries import tokens_by_sign
from preau.kit import clock
from preau.kit.tables import Cell, Lines

from .choices import FAMILY, GIVEN, NAME, NOBODY, NUMBER, Choices, ColumnChoice
from .columns import Guess, columns_of
from .findings import ChosenColumn, PupilLine
from .labels import KEY_TITLE, folded
from .lines import FileLine, Table, is_total, lines_of, table_at, tables_of
from .pupils import Match, Pupils

MOST_COLUMNS = 80
FIRST_COLUMNS = 12
"""Among how many columns the names of pupils are looked for."""


class Reading:
    """The table of a file that was chosen, with what its columns are and who its lines are about."""

    def __init__(self, sheet: Sheet, found: Lines, choices: Choices) -> None:
        self.sheet, self.found, self.choices = sheet, found, choices
        self.pupils = Pupils([row.pupil for row in sheet.rows])
        self.cells = Cells(tokens_by_sign())
        self.lines = lines_of(found)
        self.tables = tables_of(self.lines, self.cells.is_grade, self._is_pupil)
        self.table = self._chosen_table()
        self.columns = self._columns()
        self.rows = [row for line in self.table.body if (row := self._row(line))]

    @cached_property
    def categories(self) -> list[Category]:
        return list(Category.objects.all())

    # Which table.
    @cached_property
    def _pupil_lines(self) -> set[int]:
        return {line.number for line in self.lines if self._names_somebody(line)}

    def _names_somebody(self, line: FileLine) -> bool:
        texts = [line.text(place) for place in range(min(len(line.cells), FIRST_COLUMNS))]
        pairs = [f"{one} {other}" for one, other in pairwise(texts) if one and other]
        return any(self.pupils.named(name) for name in [*texts, *pairs] if name)

    def _is_pupil(self, line: FileLine) -> bool:
        return line.number in self._pupil_lines

    def _chosen_table(self) -> Table:
        if self.choices.header:
            chosen = table_at(self.lines, self.choices.header, self.choices.last)
            if chosen:
                return chosen
        best = max(
            self.tables,
            key=lambda table: (sum(map(self._is_pupil, table.body)), len(table.body)),
        )
        ends = best.last if best is not self.tables[-1] else 0
        return table_at(self.lines, best.header.number, self.choices.last or ends) or best

    @property
    def last(self) -> int:
        """Return the last line of the table where it is not that of the sheet."""
        return self.table.last if self.table.last != self.lines[-1].number else 0

    # What each column is.
    def _columns(self) -> list[ChosenColumn]:
        columns = columns_of(self.table)
        self.columns_beyond = max(len(columns) - MOST_COLUMNS, 0)
        columns = columns[:MOST_COLUMNS]
        guess = Guess(
            self.table,
            columns,
            pupils=self.pupils,
            cells=self.cells,
            assessments=self.sheet.assessments,
            categories=self.categories,
            usual=usual_assessment(self.sheet.group),
            period=self.sheet.period,
            today=clock.today(),
        )
        chosen, nothing = self.choices.columns, ColumnChoice()
        return [
            ChosenColumn(column, chosen.get(column.place) or guess.choices.get(column.place, nothing))
            for column in columns
        ]

    def places_of(self, *what: str) -> list[int]:
        """Return the places of the columns that are one of these."""
        return [chosen.column.place for chosen in self.columns if chosen.choice.what in what]

    @cached_property
    def name_places(self) -> list[int]:
        return [*self.places_of(NAME), *self.places_of(FAMILY), *self.places_of(GIVEN)]

    @cached_property
    def _number_places(self) -> list[int]:
        return self.places_of(NUMBER)

    @cached_property
    def _has_our_keys(self) -> bool:
        titles = {folded(self.table.header.text(place)) for place in self._number_places}
        return titles == {folded(KEY_TITLE)}

    # Who each line is about.
    def _row(self, line: FileLine) -> PupilLine | None:
        """Return what a line says, nothing when it is about no pupil: titles again, means, maxima."""
        name = self._joined(line, self.name_places)
        number = self._joined(line, self._number_places)
        is_titles = folded(name) == folded(self._joined(self.table.header, self.name_places))
        if not (name or number) or (name and is_titles):
            return None
        if is_total(name) and not self.pupils.named(name):
            return None
        key = number if self._has_our_keys else ""
        match = self.pupils.find(name, "" if key else number, key=key)
        return self._decided(line, name, number, match)

    def _decided(self, line: FileLine, name: str, number: str, match: Match) -> PupilLine:
        said = self.choices.rows.get(line.number)
        if said is not None and (said == NOBODY or said in self.pupils.by_key):
            return PupilLine(line, name, number, match, self.pupils.by_key.get(said), True)
        is_decided = match.pupil is not None or self.choices.others_out or not match.is_likely
        return PupilLine(line, name, number, match, match.pupil, is_decided)

    def _joined(self, line: FileLine, places: list[int]) -> str:
        return " ".join(text for place in places if (text := line.text(place)))

    def preview(self, count: int = 5) -> list[tuple[int, list[Cell]]]:
        """Return the titles and the first lines of the table, as they stand, in its columns."""
        shown = [self.table.header, *self.table.body[:count]]
        return [(line.number, [line.text(chosen.column.place) for chosen in self.columns]) for line in shown]

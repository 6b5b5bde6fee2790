"""What each column of a table may be: the pupil, a known assessment, a new one, nothing of use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from preau.gradebook.cells import Cells, parts_of
from preau.gradebook.models import Assessment
from preau.grading.models import Category
from preau.kit.tables import Cell, Percent, UnreadCell, as_text, plain
from preau.structure.models import ReportPeriod

from .choices import COMMENT, EXISTING, FAMILY, GIVEN, LEFT_OUT, NAME, NEW, NUMBER, ColumnChoice
from .labels import KEY_TITLE, column_labels, folded, split_maximum
from .lines import FileLine, Table, days_of, is_total, maxima_of
from .pupils import Pupils
from .vocabulary import (
    COMMENT_TITLES,
    FAMILY_TITLES,
    GIVEN_TITLES,
    NAME_TITLES,
    NUMBER_TITLES,
    TOTALS,
    USELESS_TITLES,
)

USELESS = re.compile(
    r"total|totaux|totaal|moyenne|gemiddelde|average|mean\b|somme|\bsom\b|pourcent|procent|percent|%|rang|"
    r"médiane|mediaan|bulletin",
    re.IGNORECASE,
)
EXAM = re.compile(r"examen|exam\b|session|épreuve|proef", re.IGNORECASE)
DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?\b")
USUAL_MAXIMA = (5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200, 500, 1000, 9999)
MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its title, some of what stands in it."""

    place: int
    title: str
    samples: list[str]

    @property
    def letter(self) -> str:
        """Return how a spreadsheet calls it: A, B … AA."""
        place, letters = self.place, ""
        while place >= 0:
            place, rest = divmod(place, 26)
            letters = chr(ord("A") + rest) + letters
            place -= 1
        return letters


def columns_of(table: Table) -> list[Column]:
    """Return the columns that hold something, with their titles."""
    found = []
    for place in range(table.width):
        values = [text for line in table.body if (text := line.text(place))]
        title = table.header.text(place)
        if title or values:
            found.append(Column(place, title, list(dict.fromkeys(values))[:3]))
    return found


class Guess:
    """Guesses what the columns of a table are, from their titles and from what stands in them."""

    def __init__(
        self,
        table: Table,
        columns: Sequence[Column],
        *,
        pupils: Pupils,
        cells: Cells,
        assessments: Sequence[Assessment],
        categories: Sequence[Category],
        usual: Mapping[str, object],
        period: ReportPeriod,
        today: date,
    ) -> None:
        self.table, self.columns, self.pupils, self.cells = table, columns, pupils, cells
        self.categories, self.usual, self.period, self.today = categories, usual, period, today
        self._labels = dict(zip(map(folded, column_labels(assessments)), assessments, strict=True))
        self._titles: dict[str, list[Assessment]] = {}
        for assessment in assessments:
            self._titles.setdefault(folded(assessment.title), []).append(assessment)
        names = self._name_columns()
        self._name_places = set(names)
        places = [column.place for column in columns if column.place not in names]
        self._maxima = maxima_of(table, places, self._is_pupil)
        self._days = days_of(table, places)
        self.choices = names | self._others(names)

    def _is_pupil(self, line: FileLine) -> bool:
        return any(self.pupils.named(line.text(place)) for place in self._name_places)

    # Who the lines are about.
    def _name_columns(self) -> dict[int, ColumnChoice]:
        found = self._numbers()
        pairs = self._scored([(column.place,) for column in self.columns]) or self._scored(
            [
                pair
                for column, after in zip(self.columns, self.columns[1:], strict=False)
                for pair in ((column.place, after.place), (after.place, column.place))
            ]
        )
        told = pairs or self._by_titles()
        if len(told) == 1:
            return found | {told[0]: ColumnChoice(NAME)}
        if len(told) == 2:
            return found | {told[0]: ColumnChoice(FAMILY), told[1]: ColumnChoice(GIVEN)}
        return found

    def _scored(self, places: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
        """Return the places whose words name most pupils, none when they name nobody."""
        scores = {
            pair: sum(
                1
                for line in self.table.body
                if self.pupils.named(" ".join(line.text(place) for place in pair))
            )
            for pair in places
        }
        best = max(scores, key=lambda pair: scores[pair], default=())
        if not best or not scores[best]:
            return ()
        by_titles = self._by_titles()
        return by_titles if scores.get(by_titles) == scores[best] else best

    def _by_titles(self) -> tuple[int, ...]:
        titles = {column.place: plain(column.title) for column in self.columns}
        family = next((place for place, title in titles.items() if title in FAMILY_TITLES), None)
        given = next((place for place, title in titles.items() if title in GIVEN_TITLES), None)
        if family is not None and given is not None:
            return family, given
        named = [place for place, title in titles.items() if title in NAME_TITLES | FAMILY_TITLES]
        if named:
            return (named[0],)
        words = {
            column.place: self._share(column, lambda cell: isinstance(cell, str) and _is_name(cell))
            for column in self.columns
        }
        best = max(words, key=lambda place: words[place], default=None)
        return (best,) if best is not None and words[best] > MOSTLY else ()

    def _numbers(self) -> dict[int, ColumnChoice]:
        for column in self.columns:
            if folded(column.title) == folded(KEY_TITLE):
                return {column.place: ColumnChoice(NUMBER)}
        for column in self.columns:
            known = self._share(column, lambda cell: self.pupils.knows_number(as_text(cell)))
            if known > MOSTLY or (plain(column.title) in NUMBER_TITLES and known):
                return {column.place: ColumnChoice(NUMBER)}
        return {}

    # What was graded.
    def _others(self, names: Mapping[int, ColumnChoice]) -> dict[int, ColumnChoice]:
        """Return what the other columns are: exact labels of ours go first, then titles, then guesses."""
        places = [column for column in self.columns if column.place not in names]
        found = self._labelled(places)
        taken = {choice.assessment_id for choice in found.values()}
        seen: set[str] = set()
        for column in places:
            if column.place not in found:
                choice = (
                    self._comment(column, found) or self._existing(column, taken) or self._new(column, seen)
                )
                taken.add(choice.assessment_id)
                found[column.place] = choice
            seen.add(plain(column.title))
        return found

    def _labelled(self, places: Sequence[Column]) -> dict[int, ColumnChoice]:
        found: dict[int, ColumnChoice] = {}
        free = dict(self._labels)
        for column in places:
            if known := free.pop(folded(column.title), None):
                found[column.place] = ColumnChoice(f"{EXISTING}{known.pk}")
        return found

    def _existing(self, column: Column, taken: set[int | None]) -> ColumnChoice | None:
        title, maximum = split_maximum(column.title)
        if plain(column.title) in USELESS_TITLES | TOTALS:
            return None
        same = self._titles.get(folded(column.title)) or self._titles.get(folded(title)) or []
        told = Decimal(maximum) if maximum else self._maxima.get(column.place)
        fits = [
            assessment
            for assessment in same
            if (told is None or assessment.max_points == told) and assessment.pk not in taken
        ]
        return ColumnChoice(f"{EXISTING}{fits[0].pk}") if len(fits) == 1 else None

    def _comment(self, column: Column, found: Mapping[int, ColumnChoice]) -> ColumnChoice | None:
        is_first = all(choice.what != COMMENT for choice in found.values())
        return ColumnChoice(COMMENT) if is_first and plain(column.title) in COMMENT_TITLES else None

    def _new(self, column: Column, seen: set[str]) -> ColumnChoice:
        """Return a new assessment, already described; left out where it looks like no grades."""
        title, maximum = split_maximum(column.title)
        told = Decimal(maximum) if maximum else self._maxima.get(column.place)
        is_twin = bool(title) and plain(column.title) in seen
        is_useless = (
            plain(title) in USELESS_TITLES or bool(USELESS.search(title)) or is_total(title) or is_twin
        )
        has_grades = self._share(column, self._may_be_grade) >= MOSTLY
        return ColumnChoice(
            what=NEW if has_grades and title and not is_useless else LEFT_OUT,
            title=(DAY.sub("", title).strip(" -–,()") or title or column.letter)[:100],
            max_points=f"{(told or self._usual_maximum(column)).normalize():f}",
            category=self._category(title),
            held_on=self._day(column).isoformat(),
        )

    def _may_be_grade(self, cell: Cell) -> bool:
        """Say whether a cell holds a grade, or would if its formula had not failed: then it is told."""
        return isinstance(cell, UnreadCell) or self.cells.is_grade(cell)

    def _usual_maximum(self, column: Column) -> Decimal:
        """Return what the grades say they are out of, else the smallest usual maximum that holds them all."""
        cells = [line.at(column.place) for line in self.table.body]
        out_of = {told for cell in cells if (told := parts_of(as_text(cell).strip())[1])}
        if len(out_of) == 1:
            return out_of.pop()
        points = [
            Decimal(str(cell))
            for cell in cells
            if isinstance(cell, (int, float)) and not isinstance(cell, (bool, Percent))
        ]
        highest = max(points, default=Decimal(20))
        return Decimal(next((maximum for maximum in USUAL_MAXIMA if maximum >= highest), USUAL_MAXIMA[-1]))

    def _category(self, title: str) -> str:
        for category in self.categories:
            if plain(category.name) and plain(category.name) in plain(title):
                return category.code
        if EXAM.search(title):
            exam = next(
                (category for category in self.categories if category.component == Category.Component.EXAM),
                None,
            )
            if exam:
                return exam.code
        usual = next(
            (category.code for category in self.categories if category.pk == self.usual.get("category")), ""
        )
        return usual or (self.categories[0].code if self.categories else "")

    def _day(self, column: Column) -> date:
        told = self._days.get(column.place) or self._day_in(column.title)
        year = self.period.school_year
        if told and year.starts_on <= told < year.ends_on:
            return told
        return min(max(self.today, self.period.starts_on), self.period.ends_on - timedelta(days=1))

    def _day_in(self, title: str) -> date | None:
        """Return the day a title names, in the school year when it names no year."""
        if not (found := DAY.search(title)):
            return None
        day, month, year = int(found[1]), int(found[2]), found[3]
        starts = self.period.school_year.starts_on
        of_year = (
            int(year) + (2000 if len(year) == 2 else 0) if year else starts.year + (month < starts.month)
        )
        try:
            return date(of_year, month, day)
        except ValueError:
            return None

    def _share(self, column: Column, test: Callable[[Cell], bool]) -> float:
        """Return which share of what stands in a column passes a test, lines about no pupil aside."""
        cells: list[Cell] = [
            line.at(column.place)
            for line in self.table.body
            if line.text(column.place) and not _is_about_all(line)
        ]
        return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0


def _is_about_all(line: FileLine) -> bool:
    first = next((text for place in range(len(line.cells)) if (text := line.text(place))), "")
    return is_total(first)


def _is_name(cell: str) -> bool:
    """Say whether a text may be a name: letters, perhaps several words, no figures."""
    return sum(sign.isalpha() for sign in cell) >= 2 and not any(sign.isdigit() for sign in cell)

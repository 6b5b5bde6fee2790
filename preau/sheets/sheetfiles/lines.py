"""The tables of a sheet of any layout: titles above, several blocks, maxima and means among the pupils."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from preau.kit.tables import Cell, Lines, as_text, plain

from .vocabulary import FIGURES_OF_ALL, TOTALS

MOST_TABLES = 20
CLOSE = 4


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of the sheet that holds something."""

    number: int
    cells: Sequence[Cell]

    def at(self, place: int) -> Cell:
        return self.cells[place] if place < len(self.cells) else None

    def text(self, place: int) -> str:
        return " ".join(as_text(self.at(place)).split())


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the sheet: the line of its titles, and the lines below as far as they belong to it."""

    header: FileLine
    above: list[FileLine]
    """The lines right above the titles."""
    body: list[FileLine]

    @property
    def last(self) -> int:
        return self.body[-1].number if self.body else self.header.number

    @property
    def width(self) -> int:
        return max((_width(line) for line in [self.header, *self.body]), default=0)

    @property
    def words(self) -> str:
        """Return how a table is called in a list: its line and first titles."""
        titles = [self.header.text(place) for place in range(len(self.header.cells))]
        return ", ".join(title for title in titles if title)[:80]


def lines_of(found: Lines) -> list[FileLine]:
    return [
        FileLine(number, cells) for number, cells in found.lines if any(not _is_blank(cell) for cell in cells)
    ]


def tables_of(
    lines: Sequence[FileLine], is_figure: Callable[[Cell], bool], is_pupil: Callable[[FileLine], bool]
) -> list[Table]:
    """Return the tables of a sheet. A line of titles is mostly words and is about no pupil."""
    heads = _heads(lines, is_figure, is_pupil)
    places = [lines.index(head) for head in heads[:MOST_TABLES]] or [0]
    return [
        Table(lines[place], _just_above(lines, place), list(lines[place + 1 : following]))
        for place, following in zip(places, [*places[1:], len(lines)], strict=True)
    ]


def table_at(lines: Sequence[FileLine], header: int, last: int) -> Table | None:
    """Return the table whose titles stand on a line, down to a last line (0 for the end)."""
    place = next((place for place, line in enumerate(lines) if line.number >= header), None)
    if place is None:
        return None
    body = [line for line in lines[place + 1 :] if not last or line.number <= last]
    return Table(lines[place], _just_above(lines, place), body)


def _just_above(lines: Sequence[FileLine], place: int) -> list[FileLine]:
    """Return the lines that stand right above another, without a blank line between them."""
    above: list[FileLine] = []
    for line in reversed(lines[max(place - CLOSE, 0) : place]):
        if line.number != lines[place].number - len(above) - 1:
            break
        above.append(line)
    return above[::-1]


def _heads(
    lines: Sequence[FileLine], is_figure: Callable[[Cell], bool], is_pupil: Callable[[FileLine], bool]
) -> list[FileLine]:
    heads: list[FileLine] = []
    run: list[FileLine] = []
    previous = 0
    for line in lines:
        words, figures = _count(line, is_figure)
        could_be = words >= 2 and words > figures and not is_pupil(line) and not _is_about_all(line)
        if heads and could_be:
            could_be = _starts_anew(line, previous, heads[0], words, is_figure)
        if could_be:
            run.append(line)
        elif run and (figures or is_pupil(line)):
            heads.append(_widest(run, is_figure))
            run = []
        previous = line.number
    return [*heads, _widest(run, is_figure)] if run else heads


def _starts_anew(
    line: FileLine, previous: int, first: FileLine, words: int, is_figure: Callable[[Cell], bool]
) -> bool:
    """Say whether a line below a table begins another: after a blank line, or with the same titles."""
    same = sum(
        1 for place in range(len(line.cells)) if line.text(place) and line.text(place) == first.text(place)
    )
    wide = words * 2 > _count(first, is_figure)[0]
    as_before = line.text(0) != "" and line.text(0) == first.text(0)
    return same * 2 > words or (line.number > previous + 1 and (wide or as_before))


def _widest(run: Sequence[FileLine], is_figure: Callable[[Cell], bool]) -> FileLine:
    return max(run, key=lambda line: (_count(line, is_figure)[0], -line.number))


def _count(line: FileLine, is_figure: Callable[[Cell], bool]) -> tuple[int, int]:
    """Return how many words and how many figures stand on a line."""
    filled = [cell for cell in line.cells if not _is_blank(cell)]
    figures = sum(1 for cell in filled if not isinstance(cell, str) or is_figure(cell))
    return len(filled) - figures, figures


def _is_about_all(line: FileLine) -> bool:
    """Say whether a line begins with a word for all pupils: mean, total, out of."""
    first = next((cell for cell in line.cells if not _is_blank(cell)), "")
    filled = sum(1 for cell in line.cells if not _is_blank(cell))
    return filled > 1 and plain(as_text(first)) in TOTALS and not _has_other_words(line)


def _has_other_words(line: FileLine) -> bool:
    filled = [cell for cell in line.cells if not _is_blank(cell)]
    return any(isinstance(cell, str) and any(sign.isalpha() for sign in cell) for cell in filled[1:])


def _first(line: FileLine) -> str:
    return next((text for place in range(len(line.cells)) if (text := line.text(place))), "")


def is_total(name: str) -> bool:
    """Say whether a line of this name is about no pupil: the mean, a maximum, the titles again."""
    return plain(name) in TOTALS


def maxima_of(
    table: Table, columns: Sequence[int], is_pupil: Callable[[FileLine], bool]
) -> dict[int, Decimal]:
    """Return what each column is out of, where a line near the titles says so."""
    near = [*table.body[:CLOSE], *reversed(table.above)]
    best: dict[int, Decimal] = {}
    for line in near:
        if is_pupil(line) or plain(_first(line)) in FIGURES_OF_ALL:
            continue
        told = {place: maximum for place in columns if (maximum := _maximum(line.at(place))) is not None}
        filled = sum(1 for place in columns if line.text(place))
        if told and len(told) * 2 > filled and len(told) > len(best):
            best = told
    return best


def days_of(table: Table, columns: Sequence[int]) -> dict[int, date]:
    """Return the day of each column, where a line near the titles holds days."""
    for line in [table.header, *reversed(table.above), *table.body[:CLOSE]]:
        told = {place: day for place in columns if (day := _day(line.at(place)))}
        if told:
            return told
    return {}


def _maximum(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return None
    text = re.sub(r"^(/|sur|op|out of|max\.?)\s*", "", as_text(cell).strip(), flags=re.IGNORECASE)
    if not re.fullmatch(r"\d{1,4}([.,]\d{1,2})?", text):
        return None
    value = Decimal(text.replace(",", "."))
    return value if value > 0 else None


def _day(cell: Cell) -> date | None:
    return date(cell.year, cell.month, cell.day) if isinstance(cell, date) else None


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _width(line: FileLine) -> int:
    return max((place for place, cell in enumerate(line.cells, start=1) if not _is_blank(cell)), default=0)

"""A table as read: its columns, its rows, and the line of the file each row came from."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal


class Percent(float):
    """A number that the spreadsheet shows as a percentage: 0.75 shown as 75 %."""


class PerhapsPercent(float):
    """A number below one in a workbook whose formats cannot be read: 0.75, or shown as 75 %?"""


@dataclass(frozen=True, slots=True)
class UnreadCell:
    """A cell in which the spreadsheet itself has no value: a formula that failed, or was never computed."""

    text: str
    """What it shows: `#DIV/0!`, or the formula."""
    is_uncomputed: bool = False


Cell = Percent | UnreadCell | str | int | float | Decimal | bool | date | datetime | time | timedelta | None
"""What stands in a cell. Of a csv everything is text; an empty cell is the empty text."""

SIGNATURE_LENGTH = 24


@dataclass(frozen=True)
class Table:
    """Columns with distinct names, rows of the same width, and the line of the file each row came from."""

    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    lines: list[int]
    header_line: int = 1
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    """The names of all sheets of the workbook; none for a csv."""

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Give each row as a line number and its cells by column."""
        for line, row in zip(self.lines, self.rows, strict=True):
            yield line, dict(zip(self.columns, row, strict=True))

    def samples(self, column: str, count: int = 3) -> list[str]:
        """Return the first different values of a column, as text."""
        place = self.columns.index(column)
        found: dict[str, None] = {}
        for row in self.rows:
            if text := as_text(row[place]).strip():
                found.setdefault(text)
            if len(found) == count:
                break
        return list(found)

    @property
    def signature(self) -> str:
        """Return what recognises this kind of file: its column titles, whatever their order and case."""
        titles = "\n".join(sorted(plain(column) for column in self.columns))
        return hashlib.sha256(titles.encode()).hexdigest()[:SIGNATURE_LENGTH]


@dataclass(frozen=True)
class Lines:
    """A sheet as it stands: each line that holds something, with its number; no header is looked for."""

    lines: list[tuple[int, Sequence[Cell]]]
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def plain(title: str) -> str:
    """Return a title without accents, case, signs or spaces: `Né(e) le` and `NEE LE` are one."""
    letters = unicodedata.normalize("NFKD", title).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def as_text(cell: Cell) -> str:
    """Return a cell as it would be typed: no `.0` after whole numbers, days as 2026-08-24."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case UnreadCell():
            return cell.text
        case Percent():
            return f"{as_text(round(float(cell) * 100, 10))} %"
        case bool():
            return "1" if cell else "0"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            return (cell.date() if cell.time() == time.min else cell).isoformat()
        case date() | time():
            return cell.isoformat()
    return str(cell)


def titles(header: Sequence[Cell]) -> tuple[str, ...]:
    """Return distinct column titles: spaces trimmed and single, blanks numbered, twins told apart."""
    named: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(header, start=1):
        title = " ".join(as_text(cell).replace("\ufeff", "").split()) or f"column {place}"
        twin, number = title, 1
        while twin in taken:
            number += 1
            twin = f"{title} ({number})"
        taken.add(twin)
        named.append(twin)
    return tuple(named)


def table_from(
    lines: Sequence[tuple[int, Sequence[Cell]]],
    *,
    header_line: int | None = None,
    sheet: str = "",
    sheets: tuple[str, ...] = (),
) -> Table:
    """Make a table of numbered lines: find the header, drop blank lines, give every row the same width."""
    filled = [(number, cells) for number, cells in lines if any(not _is_blank(cell) for cell in cells)]
    start = next(
        (place for place, (number, _) in enumerate(filled) if number == header_line), _header_place(filled)
    )
    number, header = filled[start] if filled else (1, ())
    body = filled[start + 1 :]
    width = max((_width(cells) for _, cells in filled[start:]), default=0)
    columns = titles([*header[:width], *[""] * (width - len(header))])
    rows = [tuple(cells[:width]) + ("",) * (width - len(cells)) for _, cells in body]
    return Table(columns, rows, [line for line, _ in body], number, sheet, sheets)


FIRST_LINES = 40
MOSTLY = 0.6


def _header_place(lines: Sequence[tuple[int, Sequence[Cell]]]) -> int:
    """
    Return the place of the line that names the columns.

    It is the first that fills most of the width with words; titles above it fill one or two cells.
    """
    first = [cells for _, cells in lines[:FIRST_LINES]]
    width = max((sum(not _is_blank(cell) for cell in cells) for cells in first), default=0)
    for place, cells in enumerate(first):
        written = [cell for cell in cells if not _is_blank(cell)]
        words = [cell for cell in written if _is_words(cell)]
        if len(written) >= MOSTLY * width and len(words) >= MOSTLY * len(written):
            return place
    return 0


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _is_words(cell: Cell) -> bool:
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)


def _width(cells: Sequence[Cell]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if not _is_blank(cell)), default=0)

"""Tables for people to take away. What somebody typed stays text, even where it looks like a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter
from django.http import FileResponse
from xlsxwriter.worksheet import Worksheet

from ..http import file_name
from .ods_files import write_ods
from .table import Cell, as_text

RUNS = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
"""What a spreadsheet program may take for a formula, with the apostrophes people may have put before."""
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
SHOWN = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy", time: "hh:mm", timedelta: "[h]:mm"}
WIDEST = 50
NARROWEST = 8


def write_csv(
    target: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, separator: str = ";"
) -> None:
    """
    Write a csv that Excel opens rightly in French: UTF-8 with its mark, `;`, decimal comma.

    An apostrophe goes before text that a spreadsheet program might run; `read_table` takes it away again.
    Numbers given as numbers stay numbers, also below nought.
    """
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", errors="replace", write_through=True)
    writer = csv.writer(text, delimiter=separator)
    writer.writerow([_harmless(title) for title in columns])
    writer.writerows([_csv_cell(cell, separator) for cell in row] for row in rows)
    text.flush()
    text.detach()


def write_xlsx(
    target: BinaryIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    sheet: str = "Préau",
    constant_memory: bool = False,
    hidden: int = 0,
) -> None:
    """
    Write a workbook of one sheet.

    :param constant_memory: for very many rows, kept on disk
    :param hidden: how many of the last columns are for programs only
    """
    options = {
        "in_memory": not constant_memory,
        "constant_memory": constant_memory,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "remove_timezone": True,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(target, options) as workbook:
        page = workbook.add_worksheet(_sheet_name(sheet))
        formats = {kind: workbook.add_format({"num_format": shown}) for kind, shown in SHOWN.items()}
        page.freeze_panes(1, 0)
        for place, title in enumerate(columns):
            page.set_column(place, place, min(max(len(title) + 2, NARROWEST), WIDEST))
            page.write_string(0, place, _written(title), workbook.add_format({"bold": True}))
        if hidden:
            page.set_column(len(columns) - hidden, len(columns) - 1, None, None, {"hidden": True})
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(page, last, place, cell, formats)
        if columns:
            page.autofilter(0, 0, last, len(columns) - 1)


def download(
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    suffix: str = "xlsx",
    hidden: int = 0,
) -> FileResponse:
    """
    Return a table as a file for the browser to keep: `name.xlsx`, `name.ods` or `name.csv`.

    :param hidden: how many of the last columns are for programs only; a csv shows them
    """
    target = io.BytesIO()
    if suffix == "csv":
        write_csv(target, columns, rows)
    elif suffix == "ods":
        write_ods(target, columns, rows, sheet=name, hidden=hidden)
    else:
        write_xlsx(target, columns, rows, sheet=name, hidden=hidden)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=file_name(name, suffix))


def _sheet_name(words: str) -> str | None:
    """Return what Excel takes as the name of a sheet: 31 units of UTF-16 at most, without its signs."""
    kept = re.sub(r"[\[\]:*?/\\']", " ", words).encode("utf-16-le")[: 2 * LONGEST_SHEET_NAME]
    return kept.decode("utf-16-le", errors="ignore").strip() or None


def _write(page: Worksheet, line: int, place: int, cell: Cell, formats: dict) -> None:
    match cell:
        case None | "":
            return
        case bool():
            page.write_boolean(line, place, cell)
        case int() | float() | Decimal():
            _write_number(page, line, place, cell)
        case datetime() | date() | time() | timedelta():
            if isinstance(cell, date) and cell.year < 1900:
                page.write_string(line, place, cell.isoformat())
            else:
                page.write_datetime(line, place, cell, formats[type(cell)])
        case _:
            page.write_string(line, place, _written(str(cell)))


def _write_number(page: Worksheet, line: int, place: int, number: int | float | Decimal) -> None:
    """Write a number; one with more digits than a spreadsheet keeps is written as text, so none is lost."""
    if isinstance(number, int) and abs(number) >= 10**15:
        page.write_string(line, place, str(number))
    else:
        page.write_number(line, place, number)


def _written(text: str) -> str:
    return CONTROL.sub("", text)[:LONGEST_CELL]


def _csv_cell(cell: Cell, separator: str) -> str:
    if isinstance(cell, str):
        return _harmless(cell)
    if isinstance(cell, (float, Decimal)) and separator == ";":
        return as_text(cell).replace(".", ",")
    return as_text(cell)


def _harmless(text: str) -> str:
    text = text.replace("\0", "")
    return f"'{text}" if RUNS.match(text) else text

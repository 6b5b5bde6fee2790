"""
The process that reads a workbook, run apart: `python workbook_process.py '{"path": …}'`.

It writes its answer as JSON: the rows of a sheet, or why not; what JSON does not know is a list of its kind
and itself in words. It imports nothing of the house, and whoever runs it gives it no secret of the house.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError


def read(path: str, sheet: str | None, rows: int, columns: int) -> dict[str, Any]:
    """Return the sheet's name, the names of all sheets and the rows, or the reason why not."""
    try:
        with Path(path).open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
        names = list(workbook.sheet_names)
        if sheet is not None and sheet not in names:
            return {"refusal": "no such sheet", "sheet": sheet, "sheets": names}
        for name in [sheet] if sheet is not None else _visible(workbook):
            page = workbook.get_sheet_by_name(name)
            if page.total_height > rows + 1000:
                return {"refusal": "rows"}
            if page.total_width > columns:
                return {"refusal": "columns"}
            if cells := page.to_python(skip_empty_area=False):
                _mark(cells, path, name)
                _fill_down(cells, page.merged_cell_ranges or [])
                return {"sheet": name, "sheets": names, "rows": [_typed(row) for row in cells]}
    except PasswordError:
        return {"refusal": "protected"}
    except (CalamineError, OSError, ValueError):
        return {"refusal": "damaged"}
    return {"refusal": "empty"}


# What the reader of workbooks does not tell: percentages, formulas that failed or were never computed.

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
PERCENT_FORMATS = {9, 10}
OUT_OF = re.compile(r'[0#?.,]+(?:\\?\s)*(?:"\s*/\s*(\d+)\s*"|\\/(?:\\?\s)*(\d+))(?:;.*)?')
"""A format that puts what points are out of behind them: 7 is shown as 7/10."""
CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
ATTRIBUTE = re.compile(rb'\b(r|s|t)="([^"]*)"')
FORMULA, VALUE = re.compile(rb"<f[\s/>](?:[^<]*)"), re.compile(rb"<v>([^<]*)</v>")
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
FARTHEST = 1_000_000


def _mark(cells: list[list[Any]], path: str, sheet: str) -> None:
    """Mark what a value alone would not tell: a share, a failed formula; points as shown, 7/10."""
    if not zipfile.is_zipfile(path):
        _mark_what_may_be_shares(cells)  # An old .xls: its formats are not read.
        return
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if not names & {"content.xml", "xl/workbook.xml"}:
            _mark_what_may_be_shares(cells)  # An .xlsb: neither are those.
            return
        marks = _marks_of_ods(archive, sheet) if "content.xml" in names else _marks_of_xlsx(archive, sheet)
        for row, column, mark in marks:
            if row < len(cells) and column < len(cells[row]):
                value = cells[row][column]
                if isinstance(mark, tuple):
                    cells[row][column] = mark
                elif isinstance(value, (int, float)) and not isinstance(value, bool):
                    shown = int(value) if float(value).is_integer() else value
                    cells[row][column] = ("percent", float(value)) if mark == "percent" else f"{shown}{mark}"


def _mark_what_may_be_shares(cells: list[list[Any]]) -> None:
    """Mark the numbers below one, which may be shown as percentages: whoever reads points asks."""
    for row in cells:
        for place, value in enumerate(row):
            if isinstance(value, float) and 0 < value < 1:
                row[place] = ("percent?", value)


def _marks_of_xlsx(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[int, int, Any]]:
    try:
        content = archive.read(_page_of(archive, sheet))
        meant = _meaning_of_styles(archive)
    except (KeyError, StopIteration, ElementTree.ParseError):
        return  # Not where the standard puts it: the values stand as they are.
    if not (meant or b't="e"' in content or b"<f" in content):
        return
    for cell in CELL.finditer(content):
        told = {name: value.decode() for name, value in ATTRIBUTE.findall(cell[1])}
        place, inside = PLACE.fullmatch(told.get(b"r", "")), cell[2] or b""
        mark = _mark_of(told.get(b"t", "n"), told.get(b"s", ""), inside, meant)
        if place and mark:
            yield int(place[2]) - 1, _column(place[1]), mark


def _mark_of(kind: str, style: str, inside: bytes, meant: dict[str, str]) -> Any:
    value = VALUE.search(inside)
    if kind == "e":
        return ("error", value[1].decode("utf-8", "replace") if value else "#N/A")
    if kind == "n" and (formula := FORMULA.search(inside)) and not (value and value[1]):
        return ("formula", "=" + formula[0].partition(b">")[2].decode("utf-8", "replace"))
    return meant.get(style) if kind == "n" else None


def _page_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the file of a sheet in the archive."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 – bounded memory and time.
    pages = book.iter(f"{SPREADSHEET}sheet")
    wanted = next(page.get(RELATION) for page in pages if page.get("name") == sheet)
    ties = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = next(tie.get("Target", "") for tie in ties if tie.get("Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _meaning_of_styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the styles of cells that show more than a number: a percentage, or `/10` behind it."""
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314
    formats = dict.fromkeys(PERCENT_FORMATS, "percent")
    for each in styles.iter(f"{SPREADSHEET}numFmt"):
        code, key = each.get("formatCode", ""), int(each.get("numFmtId", 0))
        if "%" in code:
            formats[key] = "percent"
        elif told := OUT_OF.fullmatch(code):
            formats[key] = f"/{told[1] or told[2]}"
    cells = styles.find(f"{SPREADSHEET}cellXfs")
    keys = enumerate(int(style.get("numFmtId", 0)) for style in (cells if cells is not None else ()))
    return {str(number): formats[key] for number, key in keys if key in formats}


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _marks_of_ods(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[int, int, Any]]:
    row = column = 0
    is_wanted = False
    with archive.open("content.xml") as content:
        for event, node in ElementTree.iterparse(content, ["start", "end"]):  # noqa: S314
            if node.tag == f"{TABLE}table" and event == "start":
                is_wanted, row = node.get(f"{TABLE}name") == sheet, 0
            elif node.tag == f"{TABLE}table-row":
                column = 0
                row += int(node.get(f"{TABLE}number-rows-repeated", 1)) if event == "end" else 0
            elif event == "end" and node.tag in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
                repeated = int(node.get(f"{TABLE}number-columns-repeated", 1))
                mark = _mark_of_ods(node) if is_wanted else None
                yield from ((row, column + step, mark) for step in range(repeated if mark else 0))
                column += repeated
                node.clear()
            if row > FARTHEST:
                return


def _mark_of_ods(node: ElementTree.Element) -> Any:
    if node.get(f"{OFFICE}value-type") == "percentage":
        return "percent"
    if node.get(f"{CALC}value-type") == "error":
        return ("error", "".join(node.itertext()).strip() or "#N/A")
    formula = node.get(f"{TABLE}formula")
    return ("formula", formula) if formula and node.get(f"{OFFICE}value-type") is None else None


def _visible(workbook: CalamineWorkbook) -> list[str]:
    shown = [sheet.name for sheet in workbook.sheets_metadata if str(sheet.visible).endswith(".Visible")]
    return shown or list(workbook.sheet_names)


def _fill_down(cells: list[list[Any]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Repeat what is written once over several rows: a class beside each of its pupils."""
    for (top, left), (bottom, _right) in merged:
        for row in range(top + 1, min(bottom + 1, len(cells))):
            if left < len(cells[row]):
                cells[row][left] = cells[top][left]


def _typed(row: list[Any]) -> list[Any]:
    """Return whole numbers as they were typed, and nothing at all for a blank row."""
    if all(cell == "" for cell in row):
        return []
    return [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in row]


def in_words(value: Any) -> list[str | float]:
    """Return a moment of a cell as its kind and its words."""
    if isinstance(value, timedelta):
        return ["timedelta", value.total_seconds()]
    return [type(value).__name__, value.isoformat()]


def main() -> None:
    asked = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    try:
        answer = read(asked["path"], asked["sheet"], asked["rows"], asked["columns"])
    except BaseException as problem:  # A panic of the reader is no Exception.
        if isinstance(problem, MemoryError):
            raise
        answer = {"refusal": "damaged"}
    json.dump(answer, sys.stdout, default=in_words)


if __name__ == "__main__":
    main()

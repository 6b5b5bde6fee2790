"""
The process that reads a workbook, run apart: `python workbook_process.py '{"path": …}'`.

It writes a pickled answer: the rows of a sheet, or why not. It imports nothing of the house.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
from pathlib import Path
from typing import Any

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
                _fill_down(cells, page.merged_cell_ranges or [])
                return {"sheet": name, "sheets": names, "rows": [_typed(row) for row in cells]}
    except PasswordError:
        return {"refusal": "protected"}
    except (CalamineError, OSError, ValueError):
        return {"refusal": "damaged"}
    return {"refusal": "empty"}


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
    pickle.dump(answer, sys.stdout.buffer)


if __name__ == "__main__":
    main()

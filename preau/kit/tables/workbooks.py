"""Workbooks: xlsx, xls and ods, read in a process of their own with bounded memory and time."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast

from preau.kit.surroundings import without_secrets

from . import workbook_process
from .archives import open_archive
from .limits import LIMITS, Limits
from .refusals import (
    DamagedFile,
    EmptyFile,
    FileTooLarge,
    NoSuchSheet,
    ProtectedFile,
    too_many_columns,
    too_many_rows,
)
from .table import Cell, Lines, Percent, PerhapsPercent, UnreadCell

OLE = b"\xd0\xcf\x11\xe0"
MOMENTS: dict[str, Any] = {"date": date, "datetime": datetime, "time": time}
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def workbook_lines(content: bytes, *, sheet: str | None, limits: Limits = LIMITS) -> Lines:
    """
    Return the lines of one sheet of a workbook as they stand, each with its number.

    A workbook of a few kilobytes can ask for terabytes (one cell far away, one sheet of repeated cells). So
    another process reads it, and stops when it asks for more than its share.
    """
    if content.startswith(OLE) and ENCRYPTED_PACKAGE in content:
        raise ProtectedFile
    if not content.startswith(OLE):
        open_archive(io.BytesIO(content), limits=limits, may_nest=True).close()
    answer = _ask(content, sheet, limits)
    if "refusal" in answer:
        raise _refusal(answer, limits)
    lines: list[tuple[int, Sequence[Cell]]] = [
        (number, [_unmarked(cell) if isinstance(cell, list) else cell for cell in cells])
        for number, cells in enumerate(answer["rows"], start=1)
        if cells
    ]
    return Lines(lines, answer["sheet"], tuple(answer["sheets"]))


def _unmarked(cell: Any) -> Cell:
    """Return a cell that the other process marked, as ours: a moment, a percentage, one without a value."""
    match cell:
        case ["percent", share]:
            return Percent(share)
        case ("percent?", number):
            return PerhapsPercent(number)
        case ["timedelta", seconds]:
            return cast("Cell", timedelta(seconds=seconds))
        case ["date" | "datetime" | "time" as kind, words]:
            return cast("Cell", MOMENTS[kind].fromisoformat(words))
        case ["error", text]:
            return UnreadCell(text)
        case ["formula", text]:
            return UnreadCell(text, is_uncomputed=True)
    return cast("Cell", cell)


def _ask(content: bytes, sheet: str | None, limits: Limits) -> dict:
    with tempfile.NamedTemporaryFile(suffix=".workbook") as file:
        file.write(content)
        file.flush()
        asked = {
            "path": file.name,
            "sheet": sheet,
            "rows": limits.rows,
            "columns": limits.columns,
            "memory": limits.memory_bytes,
            "seconds": limits.seconds,
        }
        command = [sys.executable, "-I", str(Path(workbook_process.__file__)), json.dumps(asked)]
        how: dict[str, Any] = {
            "capture_output": True,
            "timeout": limits.seconds + 5,
            "env": without_secrets(),
        }
        try:
            done = subprocess.run(command, check=False, **how)  # noqa: S603
        except subprocess.TimeoutExpired as problem:
            raise FileTooLarge from problem
    if done.returncode:
        raise FileTooLarge
    return dict(json.loads(done.stdout))


def _refusal(answer: dict, limits: Limits) -> Exception:
    match answer["refusal"]:
        case "protected":
            return ProtectedFile()
        case "rows":
            return too_many_rows(limits.rows)
        case "columns":
            return too_many_columns(limits.columns)
        case "no such sheet":
            return NoSuchSheet(sheet=answer["sheet"], sheets=", ".join(answer["sheets"]))
        case "empty":
            return EmptyFile()
    return DamagedFile()

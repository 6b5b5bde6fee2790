"""Reading a table, whatever program made it."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import BinaryIO

from .csv_files import csv_lines, looks_like_csv
from .limits import LIMITS, Limits
from .refusals import DamagedFile, EmptyFile, NotATable, too_many_bytes, too_many_columns, too_many_rows
from .table import Lines, Table, table_from
from .workbooks import workbook_lines

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0"
WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"MZ\x90",
)


def read_table(
    file: Path | bytes | BinaryIO,
    *,
    name: str = "",
    sheet: str | None = None,
    header_line: int | None = None,
    encoding: str | None = None,
    limits: Limits = LIMITS,
) -> Table:
    """
    Read a table from a file: csv with any separator and encoding, xlsx, xls or ods.

    :param name: the file's name, as the person knows it; only its ending is looked at
    :param sheet: which sheet of a workbook; the first with something on it unless told
    :param header_line: the line that names the columns, counted from 1; found unless told
    :raises FileRefused: in words for the person who brought the file
    """
    found = _read(file, name, sheet, encoding, limits)
    table = table_from(found.lines, header_line=header_line, sheet=found.sheet, sheets=found.sheets)
    if not table.rows:
        raise EmptyFile
    if len(table.rows) > limits.rows:
        raise too_many_rows(limits.rows)
    if len(table.columns) > limits.columns:
        raise too_many_columns(limits.columns)
    return table


def read_lines(
    file: Path | bytes | BinaryIO, *, name: str = "", sheet: str | None = None, limits: Limits = LIMITS
) -> Lines:
    """
    Read a sheet as it stands, without looking for its header: titles above, several blocks, anything.

    :raises FileRefused: in words for the person who brought the file
    """
    found = _read(file, name, sheet, None, limits)
    if not found.lines:
        raise EmptyFile
    if len(found.lines) > limits.rows:
        raise too_many_rows(limits.rows)
    if max(len(cells) for _number, cells in found.lines) > limits.columns:
        raise too_many_columns(limits.columns)
    return found


def _read(
    file: Path | bytes | BinaryIO, name: str, sheet: str | None, encoding: str | None, limits: Limits
) -> Lines:
    content = _bytes_of(file, limits)
    name = name or (file.name if isinstance(file, Path) else "")
    if not content.strip(b"\0 \r\n\t"):
        raise EmptyFile
    if content[:4] in {ZIP, EMPTY_ZIP, OLE}:
        return workbook_lines(content, sheet=sheet, limits=limits)
    if content.startswith(OTHERS) or content.lstrip()[:1] == b"<":
        raise NotATable
    if PurePath(name).suffix.lower() in WORKBOOKS and not looks_like_csv(content, encoding, limits):
        raise DamagedFile
    return Lines(list(csv_lines(content, encoding=encoding, limits=limits)))


def _bytes_of(file: Path | bytes | BinaryIO, limits: Limits) -> bytes:
    if isinstance(file, bytes):
        content = file
    elif isinstance(file, Path):
        with file.open("rb") as opened:
            content = opened.read(limits.file_bytes + 1)
    else:
        file.seek(0)
        content = file.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        raise too_many_bytes(limits.file_bytes)
    return content

"""
Tables that people bring and take away: csv, xlsx, xls and ods in; csv and xlsx out.

`read_table` finds out by itself the format, the encoding, the separator and where the header is. What it
cannot read it refuses in words for the person who brought the file. `write_csv` and `write_xlsx` never let
a spreadsheet program run what somebody typed (`=cmd…`).
"""

from .archives import open_archive
from .limits import LIMITS, Limits
from .reading import read_table
from .refusals import (
    DamagedFile,
    EmptyFile,
    FileRefused,
    FileTooLarge,
    NoSuchSheet,
    NotATable,
    ProtectedFile,
    UnsafeArchive,
)
from .table import Cell, Table, as_text, plain
from .writing import download, write_csv, write_xlsx

__all__ = [
    "LIMITS",
    "Cell",
    "DamagedFile",
    "EmptyFile",
    "FileRefused",
    "FileTooLarge",
    "Limits",
    "NoSuchSheet",
    "NotATable",
    "ProtectedFile",
    "Table",
    "UnsafeArchive",
    "as_text",
    "download",
    "open_archive",
    "plain",
    "read_table",
    "write_csv",
    "write_xlsx",
]

"""
Tables that people bring and take away: csv, xlsx, xls and ods in; csv, xlsx and ods out.

`read_table` finds out by itself the format, the encoding, the separator and where the header is;
`read_lines` gives a sheet as it stands, for tables of any layout. What they cannot read they refuse in
words for the person who brought the file. What `write_csv`, `write_xlsx` and `write_ods` write, no
spreadsheet program runs, whatever somebody typed (`=cmd…`).
"""

from .archives import open_archive
from .limits import LIMITS, Limits
from .ods_files import write_ods
from .reading import read_lines, read_table
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
from .table import Cell, Lines, Percent, PerhapsPercent, Table, UnreadCell, as_text, plain
from .writing import download, write_csv, write_xlsx

__all__ = [
    "LIMITS",
    "Cell",
    "DamagedFile",
    "EmptyFile",
    "FileRefused",
    "FileTooLarge",
    "Limits",
    "Lines",
    "NoSuchSheet",
    "NotATable",
    "Percent",
    "PerhapsPercent",
    "ProtectedFile",
    "Table",
    "UnreadCell",
    "UnsafeArchive",
    "as_text",
    "download",
    "open_archive",
    "plain",
    "read_lines",
    "read_table",
    "write_csv",
    "write_ods",
    "write_xlsx",
]

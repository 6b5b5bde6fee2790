"""Tables as text: which encoding, which separator, which quotes."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from .limits import LIMITS, Limits
from .refusals import DamagedFile, FileRefused, NotATable, too_many_columns, too_many_rows
from .table import Cell, Table, UnreadCell, table_from

SEPARATORS = ";,\t|"
SAMPLE_LINES = 60
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OLD_ENCODINGS = ("cp1252", "mac_roman", "cp850", "latin-1")
USUAL_SIGNS = set("’‘“”«»°–—€…·•©®²³½£§\xa0")
USUAL_LETTERS = set("éèêëàâäáçîïíôöóûùüúñœæÿßøåãõ")
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
UNDOES = re.compile(r"\A'(?='*\s*[=+\-@\t\r\n＝＋－＠])")
"""The apostrophe our own exports put before what a spreadsheet program might run."""
FAILED = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#NOM?",
     "#NUL!", "#NOMBRE!", "#VALEUR!", "#DEEL/0!", "#N/B", "#NAAM?", "#LEEG!", "#GETAL!", "#VERW!", "#WAARDE!")
)  # fmt: skip
"""What spreadsheet programs of our languages write for a formula that failed."""
FAILED_AS_NUMBER = re.compile(r"Err:\d{3}")


class UnclosedQuote(FileRefused):
    words = _(
        "Near line %(line)d a quotation mark is never closed. Close or remove it, then choose the file again."
    )


class WrongEncoding(FileRefused):
    words = _("This file is not written in %(encoding)s. Choose another encoding, or save it as UTF-8.")


def read_csv(
    content: bytes, *, header_line: int | None, encoding: str | None, limits: Limits = LIMITS
) -> Table:
    """Read a csv, whatever its separator, quotes and encoding."""
    return table_from(csv_lines(content, encoding=encoding, limits=limits), header_line=header_line)


def csv_lines(
    content: bytes, *, encoding: str | None, limits: Limits = LIMITS
) -> list[tuple[int, list[Cell]]]:
    """Return the lines of a csv as they stand, each with its number."""
    text = decode(content, encoding)
    shift = 0
    separator = None
    if told := SEPARATOR_LINE.match(text):
        text, separator, shift = text[told.end() :], told[1], 1
    separator = separator or best_separator(text)
    return _lines(text, separator, shift, limits)


def looks_like_csv(content: bytes, encoding: str | None, limits: Limits) -> bool:
    """Say whether this text has at least two lines of at least two columns."""
    try:
        table = read_csv(content, header_line=None, encoding=encoding, limits=limits)
    except FileRefused:
        return False
    return bool(table.rows) and len(table.columns) > 1


def decode(content: bytes, encoding: str | None = None) -> str:
    """Return the text, in the encoding told or in the one that makes the best sense of it."""
    if encoding:
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError) as problem:
            raise WrongEncoding(encoding=encoding) from problem
    text = _decoded(content)
    if "\0" in text:
        raise NotATable
    return text


def _decoded(content: bytes) -> str:
    try:
        for mark, name in MARKS:
            if content.startswith(mark):
                return content.decode(name)
        if name := _unmarked_utf16(content):
            return content.decode(name)
    except UnicodeDecodeError as problem:
        raise DamagedFile from problem
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return max(_old_readings(content), key=_good_sense)


def _unmarked_utf16(content: bytes) -> str:
    """Return the byte order of UTF-16 without its mark: in our languages every other byte is nought."""
    sample = content[:2000]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > 0.7 * half else ""


def _old_readings(content: bytes) -> list[str]:
    readings = []
    for name in OLD_ENCODINGS:
        try:
            readings.append(content.decode(name))
        except UnicodeDecodeError:
            continue
    return readings


def _good_sense(text: str) -> int:
    """Say how much a reading looks like our languages: accented letters inside words of their own case."""
    score = 0
    for place, letter in enumerate(text):
        if letter < "\x80":
            continue
        before = text[place - 1] if place else " "
        if letter.lower() in USUAL_LETTERS:
            agrees = not before.isalpha() or before.islower() == letter.islower()
            score += 2 if agrees else -1
        else:
            score += 1 if letter in USUAL_SIGNS else -3
            score -= 3 * (unicodedata.category(letter) == "Cc")
    return score


def best_separator(text: str) -> str:
    """Return the separator that cuts the first lines into most columns, always as many."""
    sample = "".join(text.splitlines(keepends=True)[:SAMPLE_LINES])

    def regularity(separator: str) -> tuple[float, int]:
        try:
            widths = [
                len(cells)
                for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
                if cells
            ]
        except csv.Error:
            return 0, 0
        usual = max(set(widths), key=lambda width: (widths.count(width), width)) if widths else 1
        return (widths.count(usual) / len(widths), usual) if usual > 1 else (0, 0)

    return max(SEPARATORS, key=regularity)


def _lines(text: str, separator: str, shift: int, limits: Limits) -> list[tuple[int, list[Cell]]]:
    quote = "'" if _single_quoted(text, separator) else '"'
    csv.field_size_limit(limits.cell_characters)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quotechar=quote, strict=True)
    lines: list[tuple[int, list[Cell]]] = []
    start = 1
    try:
        for cells in reader:
            if len(cells) > limits.columns:
                raise too_many_columns(limits.columns)
            lines.append((start + shift, [_as_it_was(cell) for cell in cells]))
            start = reader.line_num + 1
            if len(lines) > limits.rows + SAMPLE_LINES:
                raise too_many_rows(limits.rows)
    except csv.Error as problem:
        raise UnclosedQuote(line=start + shift) from problem
    return lines


def _as_it_was(cell: str) -> Cell:
    """Return a cell without what our own exports put before it; told when the formula in it failed."""
    if cell[:1] == "'":
        return UNDOES.sub("", cell, count=1)
    text = cell.strip()
    if text in FAILED or FAILED_AS_NUMBER.fullmatch(text):
        return UnreadCell(text)
    return cell


def _single_quoted(text: str, separator: str) -> bool:
    """Say whether the first line quotes its titles as 'so'."""
    first = text.split("\n", 1)[0].strip().split(separator)
    return (
        '"' not in text and len(first) > 1 and all(re.fullmatch(r"'[^']*'", title.strip()) for title in first)
    )

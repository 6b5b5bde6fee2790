"""Spreadsheets of LibreOffice: a zip with one page of XML, small enough to write by hand."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from .table import Cell, as_text

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2">
<office:automatic-styles><style:style style:name="title" style:family="table-cell">
<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>"""
FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"
BEYOND_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
SPACES = re.compile(r" {2,}|^ | $|\t")


def write_ods(
    target: BinaryIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    sheet: str = "Préau",
    hidden: int = 0,
) -> None:
    """
    Write a spreadsheet of one sheet. Text is typed as text: no program takes it for a formula.

    :param hidden: how many of the last columns are for programs only
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), TYPE)  # First and unpacked, as the format asks.
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", "".join(_content(sheet, columns, rows, hidden)))


def _content(
    sheet: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], hidden: int
) -> Iterator[str]:
    yield HEAD
    yield f"<table:table table:name={quoteattr(BEYOND_XML.sub('', sheet) or 'Préau')}>"
    shown = len(columns) - hidden
    if shown:
        yield f'<table:table-column table:number-columns-repeated="{shown}"/>'
    if hidden:
        yield f'<table:table-column table:number-columns-repeated="{hidden}" table:visibility="collapse"/>'
    yield _row(columns, ' table:style-name="title"')
    for row in rows:
        yield _row(row)
    yield FOOT


def _row(cells: Sequence[Cell], dress: str = "") -> str:
    return f"<table:table-row>{''.join(_cell(cell, dress) for cell in cells)}</table:table-row>"


def _cell(cell: Cell, dress: str) -> str:
    match cell:
        case None | "":
            return "<table:table-cell/>"
        case bool():
            kind = f'"boolean" office:boolean-value="{str(cell).lower()}"'
        case int() | float() | Decimal():
            kind = f'"float" office:value="{as_text(cell)}"'
        case date():
            kind = f'"date" office:date-value="{cell.isoformat()}"'
        case _:
            kind = '"string"'
    lines = BEYOND_XML.sub("", as_text(cell)).split("\n")
    text = "".join(f"<text:p>{SPACES.sub(_spaces, escape(line))}</text:p>" for line in lines)
    return f"<table:table-cell office:value-type={kind}{dress}>{text}</table:table-cell>"


def _spaces(found: re.Match[str]) -> str:
    """Return spaces that a reader keeps: XML makes one of many."""
    return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'

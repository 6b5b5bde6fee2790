"""The sheet as a spreadsheet, and the blank list a teacher takes along."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse
from django.utils.translation import gettext as _

from preau.kit.tables import Cell as TableCell
from preau.kit.tables import download

from .queries import Sheet


def as_download(sheet: Sheet, *, kind: str) -> FileResponse:
    """Return the sheet as xlsx or csv, or (`blank`) an xlsx with the names and empty columns."""
    name = f"{sheet.group.course.name} {sheet.group.name} {sheet.period.code}"
    if kind == "blank":
        rows = ([row.pupil.list_name, row.class_name, "", "", "", ""] for row in sheet.rows)
        return download(name, [_("Pupil"), _("Class"), "", "", "", ""], rows)
    return download(name, _columns(sheet), _rows(sheet), suffix="csv" if kind == "csv" else "xlsx")


def _columns(sheet: Sheet) -> list[str]:
    titles = [f"{it.title} /{it.max_points.normalize():f}" for it in sheet.assessments]
    return [_("Pupil"), _("Class"), *titles, _("Result"), _("Retained"), _("Comment")]


def _rows(sheet: Sheet) -> Iterator[list[TableCell]]:
    for row in sheet.rows:
        cells = [cell.token or cell.points for cell in row.cells]
        chosen = row.kept.chosen if row.kept else None
        comment = row.comment.text if row.comment else ""
        yield [row.pupil.list_name, row.class_name, *cells, row.computed, chosen, comment]

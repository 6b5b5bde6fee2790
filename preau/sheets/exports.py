"""The sheet as a spreadsheet. What leaves so can come back: each column and each pupil is known again."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse
from django.utils.translation import gettext as _

from preau.gradebook.queries import Sheet
from preau.kit.tables import Cell as TableCell
from preau.kit.tables import download

from .sheetfiles import KEY_TITLE, column_labels

KINDS = ("xlsx", "ods", "csv")


def as_download(sheet: Sheet, *, kind: str) -> FileResponse:
    """Return the sheet as xlsx, ods or csv."""
    name = f"{sheet.group.course.name} {sheet.group.name} {sheet.period.code}"
    suffix = kind if kind in KINDS else "xlsx"
    return download(name, sheet_columns(sheet), sheet_rows(sheet), suffix=suffix, hidden=1)


def sheet_columns(sheet: Sheet) -> list[str]:
    """Return the titles of the columns; the last holds the keys of the pupils, for programs only."""
    titles = column_labels(sheet.assessments)
    return [_("Pupil"), _("Class"), *titles, _("Result"), _("Retained"), _("Comment"), KEY_TITLE]


def sheet_rows(sheet: Sheet) -> Iterator[list[TableCell]]:
    """Yield a row for each pupil: cells as one types them, results, the comment, the key."""
    for row in sheet.rows:
        cells = [cell.token or cell.level or cell.points for cell in row.cells]
        result = row.result
        comment = row.comment.text if row.comment else ""
        pupil = row.pupil
        yield [
            pupil.list_name,
            row.class_name,
            *cells,
            result.computed,
            result.decisions.chosen,
            comment,
            pupil.pk,
        ]

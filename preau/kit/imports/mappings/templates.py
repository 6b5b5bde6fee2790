"""Values made of several columns: `{school}-{line:04}`. Columns and counters only; nothing is computed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from preau.kit.tables import Cell, as_text

HOLE = re.compile(r"\{([^{}:]+)(?::0?(\d{1,2}))?\}")
COUNTERS = ("line", "row", "file")
"""The line of the file, the number of the row below the header, the file's name without its ending."""


def columns_in(template: str) -> list[str]:
    """Return the names of the columns that a template wants."""
    return [hole[1].strip() for hole in HOLE.finditer(template) if hole[1].strip() not in COUNTERS]


def fill_counters(template: str, counters: Mapping[str, str]) -> str:
    """Return a template with the counters in its holes: a source named after its file."""
    return HOLE.sub(lambda hole: counters.get(hole[1].strip(), hole[0]), template)


def fill(template: str, cells: Mapping[str, Cell], counters: Mapping[str, str]) -> str:
    """Return the template with its holes filled; nothing when it wants columns and all of them are blank."""
    wanted = columns_in(template)
    if wanted and not any(as_text(cells.get(column)).strip() for column in wanted):
        return ""

    def value(hole: re.Match[str]) -> str:
        name, width = hole[1].strip(), int(hole[2] or 0)
        # A column of the file goes before a counter of the same name.
        text = as_text(cells[name]).strip() if name in cells else counters.get(name, "")
        return text.rjust(width, "0")

    return " ".join(HOLE.sub(value, template).split())

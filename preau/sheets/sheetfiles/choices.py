"""What a teacher decides about a file: which table, what each column is, who each line is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

LEFT_OUT, NAME, FAMILY, GIVEN, NUMBER, COMMENT, NEW = (
    "",
    "name",
    "family",
    "given",
    "number",
    "comment",
    "new",
)
WORDS = {LEFT_OUT, NAME, FAMILY, GIVEN, NUMBER, COMMENT, NEW}
EXISTING = "a"
LONGEST_TITLE = 100
NOBODY = 0
"""Stands for the pupil of a line that is left out."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What a column is: `what` is one of the words above, or `a` and the key of an assessment."""

    what: str = LEFT_OUT
    title: str = ""
    max_points: str = ""
    category: str = ""
    held_on: str = ""

    @property
    def assessment_id(self) -> int | None:
        key = self.what.removeprefix(EXISTING)
        is_key = self.what.startswith(EXISTING) and key.isascii() and key.isdigit() and len(key) < 19
        return int(key) if is_key else None

    @property
    def is_one(self) -> bool:
        """Whether that is something a column can be."""
        return self.what in WORDS or self.assessment_id is not None

    @property
    def holds_grades(self) -> bool:
        return self.what == NEW or self.assessment_id is not None


@dataclass(slots=True)
class Choices:
    """All decisions about one file. What nobody has decided yet is guessed anew each time it is looked at."""

    sheet: str = ""
    header: int = 0
    """The line that names the columns; 0 while nobody has said: it is guessed."""
    last: int = 0
    """The last line of the table; 0 for the end of the sheet."""
    columns: dict[int, ColumnChoice] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    others_out: bool = False
    """Whether lines about nobody known are left out without a word."""
    empties: bool = False
    """Whether an empty cell empties the grade there is."""
    skips_wrong: bool = False
    """Whether cells that cannot be read are left as they are."""

    def as_dict(self) -> dict[str, Any]:
        """Return them as JSON keeps them; `from_dict` reads them again."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Choices:
        columns = {int(place): ColumnChoice(**choice) for place, choice in kept.get("columns", {}).items()}
        rows = {int(line): pupil for line, pupil in kept.get("rows", {}).items()}
        return cls(**{**kept, "columns": columns, "rows": rows})

    @classmethod
    def from_form(cls, sent: Mapping[str, str], before: Choices) -> Choices:
        """Read what the page sent. When another table is chosen, its columns and lines are guessed anew."""
        chosen = cls(
            sheet=sent.get("sheet", before.sheet)[:100],
            header=_number(sent.get("header")),
            last=_number(sent.get("last")),
            others_out="others_out" in sent,
            empties="empties" in sent,
            skips_wrong="skips_wrong" in sent,
        )
        seen = (sent.get("seen_sheet", ""), _number(sent.get("seen_header")))
        if (chosen.sheet, chosen.header) != seen:
            return cls(sheet=chosen.sheet, header=chosen.header if chosen.sheet == seen[0] else 0)
        for name, value in sent.items():
            part, _dash, place = name.partition("-")
            if part == "col" and _number(place) < 1000:
                chosen.columns[_number(place)] = _column(sent, place)
            elif part == "row" and value.isascii() and value.isdigit():
                chosen.rows[_number(place)] = _number(value)
        return chosen


def _column(sent: Mapping[str, str], place: str) -> ColumnChoice:
    return ColumnChoice(
        what=sent.get(f"col-{place}", "")[:24],
        title=" ".join(sent.get(f"title-{place}", "").split())[:LONGEST_TITLE],
        max_points=sent.get(f"max-{place}", "").strip()[:12],
        category=sent.get(f"kind-{place}", "")[:12],
        held_on=sent.get(f"day-{place}", "").strip()[:10],
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0

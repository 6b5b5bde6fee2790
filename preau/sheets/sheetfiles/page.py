"""A file as the page shows it: choices to make, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.gradebook.queries import Sheet
from preau.kit.imports.report import Line
from preau.kit.tables import Lines
from preau.people.models import Person

from .choices import COMMENT, EXISTING, FAMILY, GIVEN, LEFT_OUT, NAME, NEW, NUMBER, Choices
from .comparison import Comparison
from .findings import Change, CommentChange, PupilLine
from .labels import column_labels

MOST_SHOWN = 200
Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LineToDecide:
    """A line about which somebody decides, with those it may be and the others."""

    row: PupilLine
    chosen: int | None
    others: list[Person]


class FilePage(Comparison):
    """A comparison with all that its page offers."""

    @property
    def table_options(self) -> Options:
        return [(str(table.header.number), table.words) for table in self.tables]

    @property
    def header_text(self) -> str:
        """Return the line of the titles, as the list of tables says it."""
        return str(self.table.header.number)

    @property
    def decisions_count(self) -> int:
        return len(self.open_rows)

    @property
    def plain_options(self) -> Options:
        return [
            (LEFT_OUT, _("left out")),
            (NAME, _("the pupil's name")),
            (FAMILY, _("the family name")),
            (GIVEN, _("the given name")),
            (NUMBER, _("the pupil's number")),
            (COMMENT, _("the comment on the report card")),
            (NEW, _("a new assessment")),
        ]

    @property
    def known_options(self) -> Options:
        labels = column_labels(self.sheet.assessments)
        return [
            (f"{EXISTING}{assessment.pk}", label)
            for assessment, label in zip(self.sheet.assessments, labels, strict=True)
        ]

    @property
    def grade_columns(self) -> int:
        return sum(1 for chosen in self.columns if chosen.choice.holds_grades)

    def decisions(self) -> Iterator[LineToDecide]:
        """Give the lines nobody recognised by themselves: those to decide first."""
        everybody = sorted(self.pupils.by_key.values(), key=lambda pupil: pupil.sort_name)
        for row in sorted(self.open_rows, key=lambda row: (not row.is_open, row.line.number))[:MOST_SHOWN]:
            others = [pupil for pupil in everybody if pupil not in row.match.candidates]
            chosen = row.pupil.pk if row.pupil else 0 if row.is_decided else None
            yield LineToDecide(row, chosen, others)

    @property
    def shown_changes(self) -> list[Change]:
        """Return the changes to look at, those of grades that stand already first."""
        return sorted(self.changes, key=lambda change: not change.old)[:MOST_SHOWN]

    @property
    def shown_comments(self) -> list[CommentChange]:
        return self.comments[:MOST_SHOWN]

    @property
    def shown_problems(self) -> list[Line]:
        return self.problems[:MOST_SHOWN]

    @property
    def cells_wrong(self) -> int:
        return len(self.wrong_cells)

    @property
    def sentences(self) -> list[str]:
        """Return one sentence for each thing that happens, or that does not."""
        fresh, over, out = len(self.fresh), len(self.overwritten), self.rows_left_out
        known, words, rounded = self.unchanged, len(self.comments), self.rounded
        beyond = self.columns_beyond
        counted = (
            (fresh, ngettext("%(count)s assessment is added.", "%(count)s assessments are added.", fresh)),
            (self.added, ngettext("%(count)s grade is new.", "%(count)s grades are new.", self.added)),
            (over, ngettext("%(count)s grade changes.", "%(count)s grades change.", over)),
            (words, ngettext("%(count)s comment is written.", "%(count)s comments are written.", words)),
            (
                known,
                ngettext("%(count)s grade stands already.", "%(count)s grades stand already.", known),
            ),
            (out, ngettext("%(count)s line is left out.", "%(count)s lines are left out.", out)),
            (
                beyond,
                ngettext(
                    "%(count)s column too many is not read.",
                    "%(count)s columns too many are not read.",
                    beyond,
                ),
            ),
            (
                rounded,
                ngettext(
                    "%(count)s grade is rounded to two decimals.",
                    "%(count)s grades are rounded to two decimals.",
                    rounded,
                ),
            ),
        )
        return [said % {"count": count} for count, said in counted if count]


def page_of(sheet: Sheet, found: Lines, choices: Choices) -> FilePage:
    """Put a file beside a sheet, for people to look at."""
    return FilePage(sheet, found, choices)

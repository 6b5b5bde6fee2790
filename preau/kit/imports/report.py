"""What an import comes to, line by line: for the screen, for the console, for a program."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """What a line of the report tells."""

    ERROR = "error", _("in error")
    WARNING = "warning", _("to notice")
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    GONE = "gone", _("gone")
    NOTE = "note", _("to know")


COUNTED = ("new", "changed", "gone", "unchanged", "errors", "warnings")


@dataclass(frozen=True)
class Change:
    """A field of a record: what it was, what it becomes."""

    label: str
    old: str
    new: str

    def as_list(self) -> list[str]:
        return [self.label, self.old, self.new]


@dataclass
class Line:
    """What one line of the file brings, or what is wrong with it and what to do."""

    status: str
    line: int | None = None
    column: str = ""
    subject: str = ""
    wrong: str = ""
    remedy: str = ""
    changes: list[Change] = field(default_factory=list)
    file: str = ""

    def as_dict(self) -> dict[str, Any]:
        facts = {
            "status": str(self.status),
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "subject": self.subject,
            "wrong": self.wrong,
            "remedy": self.remedy,
            "changes": [change.as_list() for change in self.changes],
        }
        return {name: value for name, value in facts.items() if value not in ("", [])}


@dataclass
class Report:
    """The whole of it."""

    kind: str
    source_name: str
    source: str = ""
    dry_run: bool = False
    applied: bool = False
    refused: str = ""
    """Why nothing can be written, when it is not about single lines."""
    needs_consent: bool = False
    """Whether it was refused only because it would end many ties and nobody confirmed it."""
    moving: int = 0
    """How many come to a class in whose courses they are not: whoever imports chooses what follows."""
    unchanged: int = 0
    lines: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> None:
        self.lines.append(line)

    def note(self, words: str, *, file: str = "") -> None:
        """Say something about the whole import."""
        self.add(Line(Status.NOTE, wrong=words, file=file))

    @property
    def has_errors(self) -> bool:
        return bool(self.refused) or any(line.status == Status.ERROR for line in self.lines)

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(str(line.status) for line in self.lines)
        found["errors"], found["warnings"] = found["error"], found["warning"]
        found["unchanged"] = self.unchanged
        return {name: found[name] for name in COUNTED}

    @property
    def exit_status(self) -> int:
        """Return 0 when it was applied (or could be), 1 when it was refused."""
        return 1 if self.has_errors else 0

    def summary(self) -> dict[str, Any]:
        """Return what is kept with the run; its lines are kept beside it."""
        return {
            "kind": self.kind,
            "file": self.source_name,
            "source": self.source,
            "dry_run": self.dry_run,
            "applied": self.applied,
            "refused": self.refused,
            "needs_consent": self.needs_consent,
            "moving": self.moving,
            "counts": self.counts,
        }

    def as_dict(self) -> dict[str, Any]:
        """Return everything, for `--json`."""
        return self.summary() | {"lines": [line.as_dict() for line in self.lines]}

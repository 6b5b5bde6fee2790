"""One file while it is brought in: who brings it, what its source brought before, what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from preau.kit.refusals import Refusal

from .records import Record
from .report import Change, Line, Report, Status
from .values import Wrong

MOST_AT_ONCE = 0.2
"""An import that would end a larger share than this wants to be confirmed."""
LONGEST_KEY = 255


class Origins:
    """What a source has brought before of a kind of record, and what it brings now."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = dict(known)
        self.seen: dict[str, int] = {}

    def record_id(self, key: str) -> int | None:
        """Return the record that the source brought under this key before, if it did."""
        return self._known.get(key[:LONGEST_KEY])

    def see(self, key: str, record_id: int) -> None:
        """Note that the source brings this record now."""
        self.seen.setdefault(key[:LONGEST_KEY], record_id)

    @property
    def fresh(self) -> dict[str, int]:
        """Return what is to be remembered: keys that are new, or stand for another record than before."""
        return {key: record for key, record in self.seen.items() if self._known.get(key) != record}

    def unseen(self) -> list[int]:
        """Return the records that the source brought before and no longer names."""
        return [record for key, record in self._known.items() if key not in self.seen]

    def __len__(self) -> int:
        return len(self._known)


def _nothing_before(_kind: str) -> Mapping[str, int]:
    return {}


@dataclass(frozen=True)
class Gone:
    """Somebody or something the source no longer names, and what would change if it ended."""

    subject: str
    record_id: int = 0
    changes: list[Change] = field(default_factory=list)


@dataclass
class Import:
    """What every kind needs to compare a file with what the school knows."""

    report: Report
    source: str
    at: datetime
    by: Any = None
    """The person who brings it; nobody on the console."""
    brought_before: Callable[[str], Mapping[str, int]] = _nothing_before
    """Gives, of a kind of record, what the source brought before: records by the source's key."""
    ends_gone: bool = False
    ends_many: bool = False
    moves_courses: bool = False
    """Whether the courses of those whom the file puts in another class follow the class."""
    makes_missing: bool = False
    names_only_changes: bool = False
    """Whether the file holds only what changed: then what it does not name is not gone."""
    _origins: dict[str, Origins] = field(default_factory=dict)

    @contextmanager
    def looking_at(self, record: Record) -> Iterator[None]:
        """Compare one record: what turns out to be wrong, or what the school refuses, is noted on it."""
        try:
            yield
        except Wrong as wrong:
            record.wrongs.append(wrong)
        except Refusal as refusal:
            record.wrongs.append(Wrong(str(refusal), ""))

    def tell(self, records: Iterable[Record]) -> None:
        """Put what the records came to in the report."""
        for record in records:
            for line in record.report_lines():
                self.report.add(line)
            if not record.wrongs and not record.is_new and not record.changes:
                self.report.unchanged += 1

    def origins(self, kind: str) -> Origins:
        """Return what the source brought of a kind: the same register for all who ask."""
        if kind not in self._origins:
            self._origins[kind] = Origins(self.brought_before(kind))
        return self._origins[kind]

    @property
    def to_remember(self) -> dict[str, dict[str, int]]:
        """Return, by kind of record, what the source brought now and had not brought before."""
        return {kind: origins.fresh for kind, origins in self._origins.items()}

    def tell_gone(
        self,
        origins: Origins,
        what: str,
        *,
        among: Callable[[list[int]], list[Gone]],
        end: Callable[[list[Gone]], None] | None = None,
    ) -> None:
        """
        Tell what is gone; end it when the person who imports chose so, unless that is suspiciously much.

        A file with errors does not tell: who stands on a wrong line is not gone.

        :param among: returns, of the records the source no longer names, those that still go on
        :param end: ends them; without it what is gone is told, and stays
        """
        if self.names_only_changes or self.report.has_errors:
            return
        gone = among(origins.unseen())
        for one in gone:
            self.report.add(Line(Status.GONE, subject=one.subject, changes=one.changes))
        if not (self.ends_gone and gone):
            return
        if len(gone) > MOST_AT_ONCE * max(len(origins), 1) and not self.ends_many:
            self.report.needs_consent = True
            self.report.refused = _(
                "This file would end %(count)d of %(total)d %(what)s. Check that the file is complete; "
                "if it is, confirm that they end."
            ) % {"count": len(gone), "total": len(origins), "what": what}
        elif end is not None:
            end(gone)

"""The rows of a file, understood: values by target, or what is wrong with a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from preau.kit.progress import Progress, nobody_watches
from preau.kit.tables import Cell, Table

from .asides import is_aside
from .mappings.places import Place, Spec
from .report import Change, Line, Status
from .values import Wrong

if TYPE_CHECKING:
    from .kinds import TableKind


@dataclass
class Record:
    """One row of the file and what it asks for. While it is compared it gathers what it changes."""

    line: int
    values: dict[str, Any]
    columns: Mapping[str, str] = field(default_factory=dict)
    """By target, the column people find it in."""
    file: str = ""
    wrongs: list[Wrong] = field(default_factory=list)
    subject: str = ""
    is_new: bool = False
    changes: list[Change] = field(default_factory=list)
    warnings: list[Wrong] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def warn(self, wrong: str, remedy: str = "", target: str = "") -> None:
        """Note what people should look at, though it stops nothing."""
        self.warnings.append(Wrong(wrong, remedy, target))

    def report_lines(self) -> Iterable[Line]:
        """Give the lines of the report: what is wrong; or what is new or changed, and what to notice."""
        for wrong in self.wrongs:
            yield self._line(Status.ERROR, wrong)
        if not self.wrongs and (self.is_new or self.changes):
            status = Status.NEW if self.is_new else Status.CHANGED
            yield Line(status, self.line, subject=self.subject, changes=self.changes, file=self.file)
        for warning in self.warnings:
            yield self._line(Status.WARNING, warning)

    def _line(self, status: str, wrong: Wrong) -> Line:
        column = self.columns.get(wrong.target, wrong.target)
        return Line(status, self.line, column, self.subject, wrong.wrong, wrong.remedy, file=self.file)


def read_records(
    table: Table, spec: Spec, kind: TableKind, *, name: str = "", progress: Progress = nobody_watches
) -> list[Record]:
    """Read every row of a table as its mapping says, once or once for each of its repeats."""
    records: list[Record] = []
    rounds = [{**spec.fields, **each} for each in spec.repeats] or [dict(spec.fields)]
    stem = PurePath(name).stem
    for number, (line, cells) in enumerate(table.records(), start=1):
        if is_aside(cells):
            continue
        counters = {"line": str(line), "row": str(number), "file": stem}
        records.extend(_record(line, cells, places, kind, counters) for places in rounds)
        if number % 100 == 0 or number == len(table):
            progress(number, len(table))
    return records


def _record(
    line: int,
    cells: Mapping[str, Cell],
    places: Mapping[str, Place],
    kind: TableKind,
    counters: Mapping[str, str],
) -> Record:
    record = Record(line, {}, {name: place.words for name, place in places.items()})
    for name, place in places.items():
        try:
            record.values[name] = kind.named(name).parse(place.cell(cells, counters))
        except Wrong as wrong:
            wrong.target = name
            record.wrongs.append(wrong)
    return record

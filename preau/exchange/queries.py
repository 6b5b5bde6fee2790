"""What the import pages ask: mappings remembered, runs, lines of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.kit.access import Rule
from preau.kit.dossier import Tables
from preau.kit.imports.kinds import BroughtFile, TableKind, table_kind
from preau.kit.imports.mappings import MappingRefused, Spec, fitted, from_dict, propose
from preau.kit.imports.undoing import Footprint
from preau.kit.plain_rows import model_called
from preau.kit.progress import Progress, nobody_watches
from preau.kit.tables import Cell, Table, as_text
from preau.people.models import Person
from preau.people.rules import may_manage_people
from preau.structure.models import ClassGroup, CourseGroup
from preau.structure.rules import may_read_classmates, may_read_fellows

from .footprints import hindrances
from .models import ImportedRow, ImportLine, ImportRun, Mapping, Origin
from .rules import may_read_run

LATEST = 5
PAGES: tuple[tuple[type[Model], str, Rule[Any]], ...] = (
    (Person, "people:person", may_manage_people.over(Person)),
    (CourseGroup, "structure:group", may_read_fellows),
    (ClassGroup, "structure:class_group", may_read_classmates),
    (ImportRun, "exchange:run", may_read_run),
)
"""Where people find what was built on an import."""


def remembered_mapping(kind: TableKind, table: Table) -> Spec | None:
    """Return the mapping of a table with these titles, when one was matched before."""
    saved = Mapping.objects.filter(kind=kind.key, source_signature=table.signature)
    return next(iter(_read(saved, kind, table)), None)


def proposed_mapping(kind: TableKind, table: Table) -> Spec:
    """Return the mapping of a table: as remembered, else guessed by the titles."""
    latest = Mapping.objects.filter(kind=kind.key).order_by("-saved_at")[:LATEST]
    return remembered_mapping(kind, table) or propose(kind, table, _read(latest, kind, table))


def brought_before(kind: str, source: str) -> dict[str, int]:
    """Return what a source brought before of a kind of record: records by the source's key."""
    return dict(Origin.objects.of(kind, source).values_list("key", "record_id"))


def file_of(run: ImportRun, progress: Progress = nobody_watches) -> BroughtFile:
    """Return the file of a run, with the mapping chosen for it."""
    mapping = from_dict(run.spec, table_kind(run.kind)) if run.spec else None
    return BroughtFile(Path(run.file.path), run.source_name, mapping, proposed_mapping, progress)


def _read(mappings: QuerySet[Mapping], kind: TableKind, table: Table) -> list[Spec]:
    specs = []
    for mapping in mappings:
        try:
            specs.append(fitted(from_dict(mapping.spec, kind), table))
        except MappingRefused:  # Saved by a version that knew other targets.
            continue
    return specs


def runs() -> QuerySet[ImportRun]:
    """Return the history of imports, the latest first."""
    return ImportRun.objects.select_related("by")


@dataclass(frozen=True)
class Heap:
    """The lines of a report of one status, and how many there are."""

    status: str
    label: str
    count: int


TO_READ = ("error", "warning", "note")
"""The statuses of lines that say something, rather than bring it."""
ORDER = ("error", "warning", "new", "changed", "gone", "note")


def heaps(run: ImportRun) -> list[Heap]:
    """Return the heaps of a report that hold something, what is wrong first."""
    counts = Counter(run.lines.order_by().values_list("status", flat=True))
    return [
        Heap(status, str(ImportLine.Status(status).label), counts[status])
        for status in ORDER
        if counts[status]
    ]


def report_lines(run: ImportRun, *, status: str = "", words: str = "") -> QuerySet[ImportLine]:
    """Return the lines of a report, of one status, that hold certain words."""
    lines = run.lines.all()
    if status:
        lines = lines.filter(status=status)
    for word in words.split():
        lines = lines.filter(
            Q(subject__holds=word) | Q(wrong__holds=word) | Q(column__holds=word) | Q(remedy__holds=word)
        )
    return lines


@dataclass(frozen=True)
class ColumnsPage:
    """What the page of columns shows: the first rows, and what is proposed for each column."""

    kind: TableKind
    table: Table
    spec: Spec
    is_remembered: bool

    @property
    def first_rows(self) -> list[list[str]]:
        """Return the first rows, as text."""
        return [[as_text(cell)[:80] for cell in row] for row in self.table.rows[:FIRST_ROWS]]


FIRST_ROWS = 5


def columns_page(run: ImportRun, *, sheet: str = "", header_line: int | None = None) -> ColumnsPage:
    """
    Return what the file of a run holds and what its columns seem to be.

    :raises FileRefused: when there is nothing under the header chosen
    """
    kind, file = table_kind(run.kind), file_of(run)
    chosen = file.mapping if isinstance(file.mapping, Spec) else None
    told = Spec(sheet=sheet or None, header_line=header_line) if sheet or header_line else chosen
    table = kind.table(file, told)
    spec = fitted(chosen, table) if chosen and told is chosen else proposed_mapping(kind, table)
    return ColumnsPage(kind, table, spec, remembered_mapping(kind, table) is not None)


def runs_for(person: Person) -> QuerySet[ImportRun]:
    """Return the history of imports that a person may read, the latest first."""
    return may_read_run.among(runs(), person)


def sentences(run: ImportRun) -> list[str]:
    """Say in words what applying a run would write, for whoever is about to do it."""
    counts = run.counts
    told = [counts.get(name, 0) for name in ("new", "changed", "unchanged", "gone")]
    new, changed, same, gone = told
    said = [
        ngettext("%(count)d line brings something new.", "%(count)d lines bring something new.", new),
        ngettext("%(count)d line changes what is known.", "%(count)d lines change what is known.", changed),
        ngettext("%(count)d line changes nothing.", "%(count)d lines change nothing.", same),
        ngettext("%(count)d is no longer in the file.", "%(count)d are no longer in the file.", gone),
    ]
    return [words % {"count": count} for words, count in zip(said, told, strict=True) if count]


def report_table(run: ImportRun) -> tuple[list[str], Iterator[list[Cell]]]:
    """Return a whole report as a table to take away."""
    titles = [
        _("Status"),
        _("File"),
        _("Line"),
        _("Column"),
        _("Who or what"),
        _("What is wrong"),
        _("What to do"),
    ]
    titles.append(_("Changes"))

    def rows() -> Iterator[list[Cell]]:
        for line in run.lines.all().iterator(chunk_size=1000):
            changes = "; ".join(
                f"{label}: {old} → {new}" if old else f"{label}: {new}" for label, old, new in line.changes
            )
            yield [
                str(line.get_status_display()), line.file, line.line, line.column,
                line.subject, line.wrong, line.remedy, changes,
            ]  # fmt: skip

    return titles, rows()


@dataclass(frozen=True)
class BuiltOn:
    """What was built on an import, and the page on which one finds it, if one may."""

    words: str
    address: str


def built_on(run: ImportRun, footprint: Footprint, reader: Person) -> list[BuiltOn]:
    """Return what keeps an import from being undone, with the way there."""
    return [BuiltOn(each.words, _page_of(each.at, reader)) for each in hindrances(run, footprint)]


def _page_of(record: Model | None, reader: Person) -> str:
    for model, page, rule in PAGES:
        if isinstance(record, model):
            return reverse(page, args=[record.pk]) if rule.allows(reader, record) else ""
    return ""


def held_about(person: Person) -> Tables:
    """Return what stood of a person before a file changed it: for as long as that can be undone."""
    rows = ImportedRow.objects.filter(about=person).select_related("run").order_by("pk")
    return {
        "before_a_file_changed_it": [
            {
                "file": row.run.source_name,
                "applied_at": row.run.applied_at,
                "what": str(model_called(row.model)._meta.verbose_name),
                "was": _as_told(model_called(row.model), row.was),
            }
            for row in rows
        ]
    }


def _as_told(model: type[Model], was: dict[str, Any]) -> str:
    """Return former values in words; who else they name stays out."""
    fields = ((model._meta.get_field(name), value) for name, value in was.items())
    return "; ".join(
        f"{capfirst(str(getattr(field, 'verbose_name', field.name)))}: {value}"
        for field, value in fields
        if not field.is_relation and value not in (None, "")
    )

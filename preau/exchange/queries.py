"""What the import pages ask: mappings remembered, runs, lines of a report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from preau.kit.tables import Table

from .mappings import MappingRefused, Spec, from_dict
from .models import ImportLine, ImportRun, Mapping
from .targets import Kind

LATEST = 5


def remembered_mappings(kind: Kind, table: Table) -> list[Spec]:
    """Return mappings of this kind saved before: that of the same titles first, then the latest."""
    saved = Mapping.objects.filter(kind=kind.key)
    exact = list(saved.filter(source_signature=table.signature))
    others = saved.exclude(source_signature=table.signature).order_by("-saved_at")[: LATEST - len(exact)]
    specs = []
    for mapping in [*exact, *others]:
        try:
            specs.append(from_dict(mapping.spec, kind))
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
            Q(subject__icontains=word)
            | Q(wrong__icontains=word)
            | Q(column__icontains=word)
            | Q(remedy__icontains=word)
        )
    return lines

"""Guessing, from column titles, what each column is. People look at the guess before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from preau.kit.tables import Table, plain

from .places import Place, Spec

if TYPE_CHECKING:
    from preau.kit.imports.kinds import TableKind


def propose(kind: TableKind, table: Table, remembered: Iterable[Spec] = ()) -> Spec:
    """
    Propose a mapping of a table's columns: as last time where the titles are the same, else by synonyms.

    :param remembered: mappings of this kind saved before, the best first
    """
    taken: set[str] = set()
    fields: dict[str, Place] = {}
    remembered = list(remembered)
    for spec in remembered:
        for name, place in spec.fields.items():
            if name not in fields and kind.target(name) and _fits(place, table, taken):
                fields[name] = place
                taken.update(place.columns)
    for name, column in _by_synonyms(kind, table, taken, fields).items():
        fields[name] = Place(column=column)
    first = remembered[0] if remembered else Spec(source=kind.source)
    return Spec(
        source=first.source or kind.source,
        fields=fields,
        create_missing=first.create_missing,
        sheet=table.sheet or None,
        header_line=table.header_line,
    )


def _fits(place: Place, table: Table, taken: set[str]) -> bool:
    if not place.columns:
        return bool(place.constant)
    return all(column in table.columns and column not in taken for column in place.columns)


def _by_synonyms(
    kind: TableKind, table: Table, taken: set[str], fields: Mapping[str, Place]
) -> dict[str, str]:
    free = {plain(column): column for column in reversed(table.columns) if column not in taken}
    found: dict[str, str] = {}
    for rank in range(max(len(target.titles) for target in kind.targets)):
        for target in kind.targets:
            if target.name in fields or target.name in found or rank >= len(target.titles):
                continue
            if column := free.pop(target.titles[rank], None):
                found[target.name] = column
    return found

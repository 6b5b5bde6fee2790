"""A mapping: for each target the place where it finds its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.tables import Cell, Table, as_text, plain

from .templates import columns_in, fill

if TYPE_CHECKING:
    from preau.kit.imports.kinds import TableKind


class MappingRefused(Refusal):
    """A mapping that does not fit its kind or its file."""


@dataclass(frozen=True)
class Place:
    """A column, or a constant, or a template; `values` translates what stands there."""

    column: str = ""
    constant: str = ""
    template: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    default: str = ""

    def cell(self, cells: Mapping[str, Cell], counters: Mapping[str, str]) -> Cell:
        """Return what stands in this place, on one row."""
        if self.column:
            found: Cell = cells[self.column]
        else:
            found = fill(self.template, cells, counters) if self.template else self.constant
        if self.values:
            found = self.values.get(as_text(found).strip(), found)
        return self.default if self.default and not as_text(found).strip() else found

    @property
    def columns(self) -> list[str]:
        return [self.column] if self.column else columns_in(self.template)

    @property
    def words(self) -> str:
        """Return the place as people find it in the file."""
        return self.column or ", ".join(self.columns)

    def as_dict(self) -> dict[str, Any]:
        facts = {"column": self.column, "constant": self.constant, "template": self.template}
        facts |= {"values": dict(self.values), "default": self.default}  # type: ignore[dict-item]
        return {name: value for name, value in facts.items() if value}


@dataclass(frozen=True)
class Spec:
    """A whole mapping, as a file or a screen says it."""

    source: str = ""
    fields: Mapping[str, Place] = field(default_factory=dict)
    repeats: tuple[Mapping[str, Place], ...] = ()
    """Each row of the file is read once with each of these: one grade column after another."""
    create_missing: bool = False
    sheet: str | None = None
    header_line: int | None = None
    encoding: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON keeps it; `from_dict` reads it again."""
        return {
            "source": self.source,
            "create_missing": self.create_missing,
            "sheet": self.sheet,
            "header_line": self.header_line,
            "encoding": self.encoding,
            "fields": {name: place.as_dict() for name, place in self.fields.items()},
            "repeat": [{name: place.as_dict() for name, place in each.items()} for each in self.repeats],
        }

    @property
    def every_place(self) -> list[tuple[str, Place]]:
        return [*self.fields.items(), *(pair for each in self.repeats for pair in each.items())]


SETTINGS = {
    "kind": str,
    "source": str,
    "create_missing": bool,
    "sheet": str,
    "header_line": int,
    "encoding": str,
    "fields": dict,
    "repeat": list,
}


def from_dict(facts: Mapping[str, Any], kind: TableKind) -> Spec:
    """Read a mapping from plain facts. What it says that nobody would understand is refused by its name."""
    for name, value in facts.items():
        if name not in SETTINGS:
            raise MappingRefused(
                _("The mapping says “%(name)s”, which is not known. Known are: %(known)s."),
                name=name,
                known=", ".join(SETTINGS),
            )
        if value is not None and not isinstance(value, SETTINGS[name]):
            raise MappingRefused(_("In the mapping, “%(name)s” holds the wrong sort of value."), name=name)
    if facts.get("kind", kind.key) != kind.key:
        raise MappingRefused(
            _("This mapping is for %(other)s, not for %(kind)s."), other=facts["kind"], kind=kind.key
        )
    return Spec(
        source=(facts.get("source") or kind.source)[:40],
        create_missing=bool(facts.get("create_missing")),
        sheet=facts.get("sheet") or None,
        header_line=facts.get("header_line") or None,
        encoding=facts.get("encoding") or None,
        fields=_places(facts.get("fields") or {}, kind),
        repeats=tuple(_places(each, kind) for each in facts.get("repeat") or []),
    )


def _places(facts: Any, kind: TableKind) -> dict[str, Place]:
    if not isinstance(facts, dict):
        raise MappingRefused(_("In the mapping, “%(name)s” holds the wrong sort of value."), name="repeat")
    return {name: _place(name, said, kind) for name, said in facts.items()}


def _place(name: str, said: Any, kind: TableKind) -> Place:
    if kind.target(name) is None:
        raise MappingRefused(
            _("The mapping fills “%(name)s”, which %(kind)s do not have. They have: %(known)s."),
            name=name,
            kind=kind.key,
            known=", ".join(target.name for target in kind.targets),
        )
    if isinstance(said, str):
        return Place(column=said)
    ways = (
        [way for way in ("column", "constant", "template") if said.get(way)] if isinstance(said, dict) else []
    )
    if not isinstance(said, dict) or set(said) - set(Place.__dataclass_fields__) or len(ways) > 1:
        raise MappingRefused(
            _("In the mapping, “%(name)s” wants a column, or a constant, or a template."), name=name
        )
    facts = {way: str(value) for way, value in said.items() if way != "values"}
    values = said.get("values") or {}
    return Place(**facts, values={str(key): str(value) for key, value in dict(values).items()})


def fitted(spec: Spec, table: Table) -> Spec:
    """Return the mapping with the columns of this table, whatever the accents and case of its titles."""
    known = {plain(column): column for column in table.columns}

    def fit(place: Place) -> Place:
        if place.column in ("", *table.columns) or plain(place.column) not in known:
            return place
        return replace(place, column=known[plain(place.column)])

    fields = {name: fit(place) for name, place in spec.fields.items()}
    repeats = tuple({name: fit(place) for name, place in each.items()} for each in spec.repeats)
    return replace(spec, fields=fields, repeats=repeats)


def check_against(spec: Spec, table: Table, kind: TableKind) -> Spec:
    """
    Return the mapping, fitted to this table.

    :raises MappingRefused: when it wants a column the table does not have, or lacks what the kind needs
    """
    spec = fitted(spec, table)
    for _name, place in spec.every_place:
        for column in place.columns:
            if column not in table.columns:
                raise MappingRefused(
                    _("The mapping looks for the column “%(column)s”, not found here. There are: %(known)s."),
                    column=column,
                    known=", ".join(table.columns),
                )
    if lacking := missing_needs(spec, kind):
        raise MappingRefused(
            _("No column gives: %(lacking)s. Choose a column for it, or write a value."),
            lacking="; ".join(lacking),
        )
    return spec


def missing_needs(spec: Spec, kind: TableKind) -> list[str]:
    """Return, as people call it, what the kind cannot do without and the mapping does not give."""
    given = {name for name, place in spec.fields.items() if place.as_dict()}
    rounds = [given | set(each) for each in spec.repeats] or [given]
    lacking = []
    for group in kind.needs:
        if not all(set(group) & filled for filled in rounds):
            labels = [kind.named(name).label for name in group]
            lacking.append(str(format_lazy("{}" + " / {}" * (len(labels) - 1), *labels)))
    return lacking

"""
Which rows a piece of work writes, and what stood in them before, whoever in the house writes them.

    with listening() as heard:
        kind.bring(work, contents)
    for row in heard.rows(): ...

It is the ORM that is listened to, on the connection of this thread: what others write meanwhile is not heard,
nor what is written in plain SQL (`kit.rows`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.sql import Query
from django.db.models.sql.constants import MULTI

from .plain_rows import PlainRow, as_plain, mark_of
from .portions import portions


class What(StrEnum):
    """What became of a row."""

    MADE = "MADE"
    CHANGED = "CHANGED"
    REMOVED = "REMOVED"


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row that was made, changed or removed."""

    model: type[Model]
    key: Any
    what: What
    was: dict[str, Any] = field(default_factory=dict)
    """What stood in the fields that changed; in all of them, when the row is gone. Nothing of one made."""
    mark: str = ""
    """The mark (`plain_rows.mark_of`) of what stands there now; in all fields, when it was made."""


@dataclass
class Heard:
    """What was heard so far: for each row what stood there when it was first touched, None for nothing."""

    ignoring: Collection[type[Model]] = ()
    """The models whose rows do not matter."""
    _first: dict[type[Model], dict[Any, PlainRow | None]] = field(default_factory=lambda: defaultdict(dict))

    def about_to_touch(self, model: type[Model], keys: Iterable[Any]) -> None:
        """Note what stands in rows that are about to change or to go."""
        known = self._first[model]
        new = [key for key in keys if key not in known]
        for row in _rows_of(model, new):
            known[row["pk"]] = row

    def made(self, model: type[Model], keys: Iterable[Any]) -> None:
        """Note rows that were just made."""
        known = self._first[model]
        for key in keys:
            known.setdefault(key, None)

    def matters(self, model: type[Model]) -> bool:
        return model not in self.ignoring

    def rows(self) -> Iterator[WrittenRow]:
        """Compare what stood there first with what stands now."""
        for model, first in self._first.items():
            now = {row["pk"]: row["fields"] for row in _rows_of(model, list(first))}
            for key, row in first.items():
                if written := _compared(model, key, row and row["fields"], now.get(key)):
                    yield written


def _compared(
    model: type[Model], key: Any, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> WrittenRow | None:
    if before is None:
        return WrittenRow(model, key, What.MADE, mark=mark_of(after)) if after is not None else None
    if after is None:
        return WrittenRow(model, key, What.REMOVED, before)
    was = {name: value for name, value in before.items() if after[name] != value}
    if not was:
        return None
    return WrittenRow(model, key, What.CHANGED, was, mark_of({name: after[name] for name in was}))


def _rows_of(model: type[Model], keys: list[Any]) -> Iterator[PlainRow]:
    for some in portions(keys):
        yield from as_plain(model._base_manager.filter(pk__in=some))


@contextmanager
def listening(*, ignoring: Collection[type[Model]] = ()) -> Iterator[Heard]:
    """Listen to what is written here until the end of the block."""
    operations, heard = transaction.get_connection().ops, Heard(ignoring)
    usual: Callable[[str], type[Any]] = operations.compiler
    operations.compiler = lambda name: _heard_by(heard, name, usual(name))
    try:
        yield heard
    finally:
        del operations.compiler


def _heard_by(heard: Heard, name: str, compiler: type[Any]) -> type[Any]:
    """Return a compiler that tells what it writes, for the statements that write."""
    ear = _EARS.get(name)
    return type(compiler.__name__, (ear, compiler), {"heard": heard}) if ear else compiler


class _ChangesRows:
    heard: Heard
    query: Any
    using: str

    def execute_sql(self, *args: Any, **more: Any) -> Any:
        model = self.query.get_meta().concrete_model
        if self.heard.matters(model):
            self.heard.about_to_touch(model, self._keys())
        return super().execute_sql(*args, **more)  # type: ignore[misc]

    def _keys(self) -> list[Any]:
        """Return the keys of the rows that the statement is about, as Django finds them for itself."""
        query = self.query.chain(klass=Query)
        query.select_related = False
        query.clear_ordering(force=True)
        query.extra = {}
        query.select = ()
        query.add_fields([query.get_meta().pk.name])
        found = query.get_compiler(self.using).execute_sql(MULTI)
        return [row[0] for rows in found for row in rows]


class _MakesRows:
    heard: Heard
    query: Any
    returning_fields: Any

    def execute_sql(self, *args: Any, **more: Any) -> Any:
        rows = super().execute_sql(*args, **more)  # type: ignore[misc]
        meta = self.query.get_meta()
        if not self.heard.matters(meta.concrete_model):
            return rows
        if self.query.on_conflict:
            raise TypeError("What an insertion does that may change rows instead, nobody can hear.")
        self.heard.made(meta.concrete_model, list(self._keys(meta.pk, rows)))
        return rows

    def _keys(self, key: Any, rows: Any) -> Iterator[Any]:
        returned = list(self.returning_fields or ())
        place = returned.index(key) if key in returned else None
        for number, record in enumerate(self.query.objs):
            yield record.pk if record.pk is not None or place is None else rows[number][place]


_EARS: dict[str, type[Any]] = {
    "SQLInsertCompiler": _MakesRows,
    "SQLUpdateCompiler": _ChangesRows,
    "SQLDeleteCompiler": _ChangesRows,
}

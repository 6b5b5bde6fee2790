"""
Questions asked on every page: put together once, then only asked.

Putting a query together costs Django ten times what answering it costs the database. `@asked_often` does it
once, with places where the values go; from then on only the values are filled in.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from inspect import signature
from typing import Any, Generic, ParamSpec, TypeVar, get_type_hints

from django.db import connection, connections, models
from django.db.models.expressions import Expression

from . import clock

P = ParamSpec("P")
T = TypeVar("T")

NOW, TODAY = "the clock's now", "the clock's today"
FIELDS: dict[Any, type[models.Field]] = {
    int: models.BigIntegerField,
    str: models.TextField,
    date: models.DateField,
    datetime: models.DateTimeField,
}
KEYS = list[int]


class Given(Expression):
    """The place of a value that is given each time the question is asked."""

    def __init__(self, name: str, field: models.Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def ready(self, value: Any) -> Any:
        """Return a value as the database takes it."""
        return self.output_field.get_db_prep_value(value, connection)


class GivenKeys(Given):
    """The place of a list of keys, whatever its length: `pupil__in=pupils`."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        if connection.vendor == "postgresql":
            return "(SELECT unnest(%s::bigint[]))", [self]
        return "(SELECT value FROM json_each(%s))", [self]

    def ready(self, value: Any) -> Any:
        keys = [int(key) for key in value]
        return keys if connection.vendor == "postgresql" else json.dumps(keys)


@dataclass(frozen=True, slots=True)
class PutTogether(Generic[T]):
    """A question ready to be asked: its SQL, and how to make records of what the database answers."""

    records: models.QuerySet
    compiler: Any
    sql: str
    values: tuple[Any, ...]
    """What goes with the SQL: values, and the places of those to come."""
    converters: dict[int, Any]
    """How each column becomes a value of Python, where the database's own will not do."""

    def ask(self, given: dict[str, Any]) -> list[T]:
        values = [it.ready(_value(it.name, given)) if isinstance(it, Given) else it for it in self.values]
        compiler = copy(self.compiler)
        compiler.connection = connections[self.records.db]  # Each thread has its own.
        compiler.as_sql = lambda: (self.sql, values)
        compiler.get_converters = lambda columns: self.converters
        query = copy(self.records.query)
        query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        asked: Any = models.QuerySet(self.records.model, query, self.records.db)
        asked._fields = self.records._fields  # type: ignore[attr-defined]
        answers: Any = self.records._iterable_class(asked)
        return list(answers)


def asked_often(build: Callable[P, models.QuerySet[Any, T]]) -> Callable[P, list[T]]:
    """
    Turn a function that returns a queryset into one that returns its records, its SQL written once.

    Parameters that are an `int`, a `str`, a `date`, a `datetime` or a `list[int]` are places: while the
    question is put together the function gets something to filter by, not a value, and must not look at it.
    So are the clock's `now()` and `today()`. A parameter of any other type (a `bool`, a model) shapes the
    question, which is then put together once for each of its values: there must be few. None cannot be given
    for a place.
    """
    kinds = {name: kind for name, kind in get_type_hints(build).items() if name != "return"}
    takes = signature(build)
    known: dict[Any, PutTogether[T]] = {}

    @wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[T]:
        given = takes.bind(*args, **kwargs).arguments
        shape = (connection.vendor, *(value for name, value in given.items() if not _is_place(kinds[name])))
        if shape not in known:
            known[shape] = _put_together(build, kinds, given)
        return known[shape].ask(given)

    return ask


def _is_place(kind: Any) -> bool:
    return kind in FIELDS or kind == KEYS


def _put_together(
    build: Callable[..., models.QuerySet[Any, T]], kinds: dict[str, Any], given: dict[str, Any]
) -> PutTogether[T]:
    places = {name: _place(name, kinds[name]) if _is_place(kinds[name]) else given[name] for name in given}
    now, today = Given(NOW, models.DateTimeField()), Given(TODAY, models.DateField())
    with clock.out_of_sight(now=now, today=today):
        records = build(**places)
        compiler = records.query.get_compiler(using=records.db)
        sql, values = compiler.as_sql()
    columns = [column for column, *_alias in compiler.select]
    return PutTogether(records, compiler, sql, tuple(values), compiler.get_converters(columns))


def _place(name: str, kind: Any) -> Given:
    if kind == KEYS:
        return GivenKeys(name, models.BigIntegerField())
    return Given(name, FIELDS[kind]())


def _value(name: str, given: dict[str, Any]) -> Any:
    if name in given:
        return given[name]
    return clock.now() if name == NOW else clock.today()

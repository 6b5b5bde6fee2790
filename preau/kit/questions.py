"""
Questions asked on every page: put together once, then only asked.

Putting a query together costs Django ten times what answering it costs the database. `@asked_often` does it
once, with places where the values go; from then on only the values are filled in.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache, wraps
from inspect import signature
from typing import Any, Generic, ParamSpec, TypeVar, get_type_hints

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.expressions import Expression
from django.utils import timezone
from django.utils.translation import get_language

from . import clock

P = ParamSpec("P")
T = TypeVar("T")
NOTHING_TO_ASK = ""
ASKED_ANEW = os.environ.get("PREAU_QUESTIONS") == "anew"
"""Whether every question is put together each time: slow, to compare with in tests."""
Reads = Callable[[Any], Any]
"""Finds the value of a place, in what the question is asked with (its arguments, by name)."""


class LookedAt(TypeError):  # noqa: N818 – it names what happened.
    """
    What a question is given was looked at while it was put together: the answer would hold for everybody.

    Filter by it, or take what decides as an argument that shapes the question (a `bool`, a `StrEnum`).
    """


def _looking(name: str) -> Callable[..., Any]:
    """Return the method of that name for what may not be seen: Django may compare it, questions may not."""

    def look(unseen: Unseen, *others: Any) -> Any:
        who = sys._getframe(1).f_globals.get("__name__", "")
        if not who.startswith("django."):
            raise LookedAt(f"{who} looks ({name}) at what a question put together once is given.")
        usual = getattr(super(Unseen, unseen), name, None)
        return usual(*others) if usual else True

    return look


class Unseen:
    """Stands for a value to come: comparing it, asking whether it is true or writing it down is an error."""

    __eq__ = _looking("__eq__")
    __ne__ = _looking("__ne__")
    __hash__ = _looking("__hash__")
    __bool__ = _looking("__bool__")
    __str__ = _looking("__str__")
    __format__ = _looking("__format__")
    __repr__ = _looking("__repr__")


class Given(Unseen, Expression):
    """The place of a value that is given each time the question is asked."""

    def __init__(self, field: models.Field, reads: Reads) -> None:
        super().__init__(output_field=field)
        self.reads = reads

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def value(self, given: dict[str, Any], connection: Any) -> Any:
        """Return the value as the database takes it."""
        value = self.reads(given)
        if value is None:
            raise TypeError(
                "None cannot be given for a place: nothing equals it, and nothing would be found."
            )
        return self.output_field.get_db_prep_value(value, connection)


class GivenKeys(Given):
    """The place of a list of keys, whatever its length: `pupil__in=pupils`."""

    def __init__(self, reads: Reads) -> None:
        super().__init__(models.BigIntegerField(), reads)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        if connection.vendor == "postgresql":
            return "(SELECT unnest(%s::bigint[]))", [self]
        return "(SELECT value FROM json_each(%s))", [self]

    def value(self, given: dict[str, Any], connection: Any) -> Any:
        keys = [int(key) for key in self.reads(given)]
        return keys if connection.vendor == "postgresql" else json.dumps(keys)


class SomeKeys(GivenKeys):
    """The place of a list of keys that the question is put together for because there are some."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of argument enters a question."""

    stand_in: Callable[[str, Any], Any]
    """Makes, of the name of the argument and its first value, what the question is put together with."""
    shape: Callable[[Any], Hashable] = lambda value: None
    """What of the value shapes the question: for each such shape it is put together anew."""


def _place(field: type[models.Field]) -> Kind:
    return Kind(lambda name, value: Given(field(), lambda given: given[name]))


def _or_none(kind: Kind) -> Kind:
    """Return the kind of an argument that may be left out: whether it is there shapes the question."""
    return Kind(
        lambda name, value: None if value is None else kind.stand_in(name, value),
        lambda value: value is None,
    )


KEYS = Kind(lambda name, value: GivenKeys(lambda given: given[name]))
DAY = _place(models.DateField)
KINDS: dict[Any, Kind] = {
    int: _place(models.BigIntegerField),
    str: _place(models.TextField),
    date: DAY,
    date | None: _or_none(DAY),
    datetime: _place(models.DateTimeField),
    list[int]: KEYS,
    list[int] | None: _or_none(KEYS),
}
"""The kinds of arguments that are places. An app adds its own, such as the person who asks."""
AS_IT_IS = Kind(lambda name, value: value, lambda value: value)


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """A question ready to be asked: its SQL, and how to make records of what the database answers."""

    records: models.QuerySet
    compiler: Any
    sql: str
    values: tuple[Any, ...]
    """What goes with the SQL: values, and the places of those to come."""
    converters: dict[int, Any]
    """How each column becomes a value of Python, where the database's own will not do."""

    @property
    def database(self) -> Any:
        """The database that is asked now: each thread has its own connection, a host has several schools."""
        return connections[self.records.db]

    def ask(self, given: dict[str, Any]) -> list[T]:
        if self.sql is NOTHING_TO_ASK:
            return []
        database = self.database
        values = [
            value.value(given, database) if isinstance(value, Given) else value for value in self.values
        ]
        compiler = copy(self.compiler)
        compiler.connection = database
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
    question, which is then put together once for each of its values: there must be few. So do the language
    and the time zone of the moment, which words and days of a question may depend on. None cannot be given
    for a place, but where `date | None` or `list[int] | None` says so: there one may ask whether it is None.
    """
    takes = signature(build)
    known: dict[Any, Question[T]] = {}

    @wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[T]:
        kinds = _kinds_of(build)
        given = takes.bind(*args, **kwargs).arguments
        if ASKED_ANEW:
            return list(build(*args, **kwargs))
        shape = (
            get_language(),
            timezone.get_current_timezone_name(),
            *(kinds[name].shape(value) for name, value in given.items()),
        )
        question = known.get(shape)
        if question is None or question.compiler.connection.vendor != question.database.vendor:
            stand_ins = {name: kinds[name].stand_in(name, value) for name, value in given.items()}
            question = known[shape] = _put_together(build, stand_ins)
        return question.ask(given)

    return ask


@cache
def _kinds_of(build: Callable[..., Any]) -> dict[str, Kind]:
    """Return the kind of each parameter. Looked up when the question is first asked: all apps are there."""
    return {name: KINDS.get(kind, AS_IT_IS) for name, kind in get_type_hints(build).items()}


def _put_together(build: Callable[..., models.QuerySet[Any, T]], stand_ins: dict[str, Any]) -> Question[T]:
    now = Given(models.DateTimeField(), lambda given: clock.now())
    today = Given(models.DateField(), lambda given: clock.today())
    with clock.out_of_sight(now=now, today=today):
        records = build(**stand_ins)
        compiler = records.query.get_compiler(using=records.db)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:  # Nobody of this standing reaches anything: there is nothing to ask.
            return Question(records, compiler, NOTHING_TO_ASK, (), {})
    return Question(records, compiler, sql, tuple(values), _converters(compiler))


def _converters(compiler: Any) -> dict[int, Any]:
    """Return the converters of the columns. Of decimals the same few come back: each is made once."""
    columns = [column for column, *_alias in compiler.select]
    converters: dict[int, Any] = compiler.get_converters(columns)
    for place, (those, column) in converters.items():
        if isinstance(column.output_field, models.DecimalField):
            converters[place] = ([_remembering(convert, column) for convert in those], column)
    return converters


def _remembering(convert: Callable[..., Any], column: Any) -> Callable[..., Any]:
    made = lru_cache(maxsize=1024)(lambda value: convert(value, column, connections[DEFAULT_DB_ALIAS]))
    return lambda value, column, connection: made(value)

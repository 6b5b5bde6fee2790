"""
What is found whatever its case and accents: `Course.objects.filter(name__holds="geo")` finds Géographie.

Neither database does so by itself: SQLite knows the letters of English alone, PostgreSQL keeps accents apart.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import CharField, Lookup, TextField

ACCENTS = "[\u0300-\u036f]"
Compiled = tuple[str, list[Any]]


def bare(words: str) -> str:
    """Return words in small letters, without accents."""
    letters = unicodedata.normalize("NFKD", words)
    return "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f").lower()


@CharField.register_lookup
@TextField.register_lookup
class Holds(Lookup):
    """Whether a text holds some words, whatever the case and the accents of either."""

    lookup_name = "holds"

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> Compiled:
        return self._compiled(compiler, connection, r"preau_bare({}) LIKE %s ESCAPE '\'", [])

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Compiled:
        bared = "lower(regexp_replace(normalize({}, NFKD), %s, '', 'g')) LIKE %s"
        return self._compiled(compiler, connection, bared, [ACCENTS])

    def _compiled(
        self, compiler: Any, connection: BaseDatabaseWrapper, sql: str, more: list[Any]
    ) -> Compiled:
        column, values = self.process_lhs(compiler, connection)
        wanted = connection.ops.prep_for_like_query(bare(str(self.rhs)))
        return sql.format(column), [*values, *more, f"%{wanted}%"]


def teach(connection: BaseDatabaseWrapper, **_more: Any) -> None:
    """Teach SQLite what a bare text is, each time it is opened."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("preau_bare", 1, _bare_or_nothing, deterministic=True)


def _bare_or_nothing(words: object) -> str | None:
    return None if words is None else bare(str(words))


connection_created.connect(teach, dispatch_uid="preau.kit.spelling")

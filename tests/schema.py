"""
The tables of tests: migrated once, then copied by every process that tests.

All migrations from first to last cost more than the tests of most apps, and make the same each time. What
they make is kept under a name that follows from the migrations, beside the developer's database, and made
anew when one of them changes. What a new school begins with is no migration's work: each process adds it.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import inspect
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

POSTGRESQL = "postgresql"
STANDS_ON = re.compile(r"^(?:from|import) (preau[\w.]*)", re.MULTILINE)


def name_of_the_tables() -> str:
    """Return a name that changes with any migration, and with what migrations take from the house."""
    sources = {Path(inspect.getfile(type(each))) for each in MigrationLoader(None).disk_migrations.values()}
    for source in list(sources):
        sources |= set(map(file_of, STANDS_ON.findall(source.read_text())))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sorted(sources)))
    return f"preau_tables_{digest.hexdigest()[:16]}"


def file_of(module: str) -> Path:
    found = importlib.util.find_spec(module)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(module)
    return Path(found.origin)


@contextmanager
def alone() -> Iterator[None]:
    """Keep other processes waiting, so that one migrates and the others find what it made."""
    with (settings.DATA_DIR / "tables.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate_elsewhere(database_url: str) -> None:
    """Run all migrations on an empty database, in a process that tests nothing."""
    command = "import django; django.setup(); from tests.schema import migrate; migrate()"
    env = os.environ | {"DATABASE_URL": database_url, "PREAU_DEMO": "1"}
    subprocess.run([sys.executable, "-c", command], cwd=settings.BASE_DIR, env=env, check=True)


def migrate() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    connection.close()


def copy_from_file() -> None:
    """Let the database of tests, in memory, begin as a copy of a file of migrated tables."""
    tables = settings.DATA_DIR / f"{name_of_the_tables()}.sqlite3"
    with alone():
        if not tables.exists():
            for former in settings.DATA_DIR.glob("preau_tables_*"):
                former.unlink()
            unfinished = tables.with_suffix(".unfinished")
            migrate_elsewhere(f"sqlite:///{unfinished}")
            unfinished.rename(tables)

    def fill(connection: Any, **_signal: Any) -> None:
        connection_created.disconnect(fill)
        kept = sqlite3.connect(tables)
        kept.backup(connection.connection)
        kept.close()

    connection_created.connect(fill, weak=False)


def copy_from_database() -> None:
    """Let the database of tests be made from a migrated one on the same server."""
    tables = name_of_the_tables()
    with alone(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [tables])
        if cursor.fetchone() is None:
            unfinished = f"{tables}_unfinished"
            cursor.execute(f"DROP DATABASE IF EXISTS {unfinished}")
            cursor.execute(f"CREATE DATABASE {unfinished}")
            migrate_elsewhere(os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{unfinished}")
            cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {tables}")
    connection.settings_dict["TEST"]["TEMPLATE"] = tables


def copy_the_tables() -> None:
    """Let the database of tests be a copy of migrated tables: nothing is left to migrate in it."""
    connection.settings_dict["TEST"]["MIGRATE"] = False
    if connection.vendor == POSTGRESQL:
        copy_from_database()
    else:
        copy_from_file()

"""Copying a whole database out and in: SQLite by itself, PostgreSQL through its own programs."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection, connections

from .refusals import DatabaseFailed, LaterVersion, NotABackup, ToolIsMissing

FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def copy_out(target: Path) -> None:
    """Copy the database into a file, as it stands at one moment, while people go on."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        _run_tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", _name())


def copy_in(source: Path) -> None:
    """Replace the database by the one in a file."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(source)) as copy:
            _refuse_what_we_cannot_read(copy, source)
            connection.ensure_connection()
            copy.backup(connection.connection)
        connections.close_all()
    else:
        connections.close_all()
        _refuse_later(_migrations_in(source))
        options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction")
        _run_tool("pg_restore", *options, f"--dbname={_name()}", str(source))


def _refuse_what_we_cannot_read(copy: sqlite3.Connection, source: Path) -> None:
    try:
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        done = {(app, name) for app, name in copy.execute("SELECT app, name FROM django_migrations")}
    except sqlite3.DatabaseError as error:
        raise NotABackup(file=source.name, reason=error) from error
    if not sound:
        raise NotABackup(file=source.name, reason="integrity_check")
    _refuse_later(done)


def _refuse_later(done: set[tuple[str, str]]) -> None:
    """Refuse a database that a later version of ours has changed."""
    from django.db.migrations.loader import MigrationLoader

    ours = MigrationLoader(None)
    if any(app in ours.migrated_apps and (app, name) not in ours.disk_migrations for app, name in done):
        raise LaterVersion


def _migrations_in(dump: Path) -> set[tuple[str, str]]:
    """Return which migrations a dump of PostgreSQL has seen: rows of its key, app, name and moment."""
    wanted = ("--data-only", "--table=django_migrations", "--file=-", str(dump))
    rows = [line.split("\t") for line in _run_tool("pg_restore", *wanted, reads_a_file=True).splitlines()]
    return {(row[1], row[2]) for row in rows if len(row) == 4}


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run_tool(tool: str, *arguments: str, reads_a_file: bool = False) -> str:
    given = connection.settings_dict
    options = {"--host": given["HOST"], "--port": given["PORT"], "--username": given["USER"]}
    where = [f"{option}={value}" for option, value in options.items() if value]
    secret = {"PGPASSWORD": given["PASSWORD"]} if given["PASSWORD"] else {}
    try:
        done = subprocess.run(  # noqa: S603 – the arguments are ours and the settings'; no shell reads them.
            [tool, *([] if reads_a_file else [*where, "--no-password"]), *arguments],
            env={**os.environ, **secret},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise ToolIsMissing(tool=tool) from error
    if done.returncode:
        raise DatabaseFailed(reason=done.stderr.strip().splitlines()[-1] if done.stderr.strip() else tool)
    return done.stdout

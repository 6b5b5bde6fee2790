"""
The states of the house that are measured: this checkout, and a revision beside it, each with its own school.

The demonstration is opened once and kept in `bench/var`. A sitting works on copies of it, in a temporary
folder that goes with it: each measure begins with the school as it was opened, whatever another one wrote.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
KEPT = HERE / "bench" / "var"
OPENED = "preau"
"""What the database of the demonstration is called where it is opened, on PostgreSQL."""


@dataclass
class State:
    """A checkout, and where its school is: `school` as it was opened, `run` as one measure has it."""

    name: str
    tree: Path
    folder: Path

    @property
    def school(self) -> Path:
        return self.folder / "school"

    @property
    def run(self) -> Path:
        return self.folder / "run"

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-P", *words]

    def environment(self, data: Path, database: str) -> dict[str, str]:
        """Return the settings of production, for this checkout and a school."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PREAU_")}
        told = {"PREAU_DATA": str(data), "PREAU_DEMO": "1", "PREAU_DEBUG": "0", "PYTHONPATH": str(self.tree)}
        if url := kept.pop("DATABASE_URL", ""):
            told["DATABASE_URL"] = f"{url.rpartition('/')[0]}/{database}"
        return kept | told

    def do(self, *words: str, data: Path, database: str = OPENED) -> str:
        """Run Python in this checkout for a school; return what it said, and stop where it fails."""
        done = subprocess.run(
            self.command(*words),
            cwd=self.tree,
            env=self.environment(data, database),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(
                f"{self.name}: {' '.join(words)} ended with {done.returncode}.\n{done.stdout[-800:]}"
            )
        return done.stdout

    def names(self) -> list[str]:
        """Return what can be measured of this state."""
        told = self.do(str(HERE / "bench" / "side.py"), "--names", data=self.school, database=self.name)
        names: list[str] = json.loads(told)["names"]
        return names

    def begin_anew(self) -> None:
        """Have the school of the next measure be as it was opened."""
        shutil.rmtree(self.run, ignore_errors=True)
        copy(self.school, self.run)
        copy_database(self.name, f"{self.name}_run")

    def start(self, measure: str) -> subprocess.Popen[str]:
        """Begin a measure in a process of its own."""
        self.begin_anew()
        return subprocess.Popen(
            self.command(str(HERE / "bench" / "side.py"), measure),
            cwd=self.tree,
            env=self.environment(self.run, f"{self.name}_run"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


@contextmanager
def states(folder: Path, revision: str | None) -> Iterator[list[State]]:
    """Have this checkout, and the revision before it when one is named, ready to be measured."""
    now = State("now", HERE, folder / "now")
    if revision is None:
        settle(now, opened_by(now, KEPT, folder))
        yield [now]
        return
    tree = folder / "tree"
    try:
        git("worktree", "add", "--detach", "--quiet", str(tree), revision)
    except subprocess.CalledProcessError:
        raise SystemExit(f"There is no revision {revision} here: give a branch, a tag or a commit.") from None
    try:
        before = State("before", tree, folder / "before")
        furnish(before)
        kept = KEPT if known(before, KEPT) else KEPT / git("rev-parse", "--short=10", revision)
        opened = opened_by(before, kept, folder)
        for state in (before, now):
            settle(state, opened)
        yield [before, now]
    finally:
        git("worktree", "remove", "--force", str(tree))


def furnish(state: State) -> None:
    """Give a bare checkout what Git does not keep: packages, assets, compiled words; and our measures."""
    (state.tree / ".venv").symlink_to(HERE / ".venv")
    vendor = Path("preau/design/static/vendor")
    shutil.copytree(HERE / vendor, state.tree / vendor, dirs_exist_ok=True)
    state.do("-m", "preau.kit.messages", data=state.school)
    its_own = state.tree / "bench"
    its_own.rename(state.tree / "bench-of-its-own")
    shutil.copytree(HERE / "bench", its_own, ignore=shutil.ignore_patterns("var", "__pycache__"))
    try:
        state.names()
    except SystemExit:
        print(
            f"{state.name} is measured by its own bench: it does not know what ours imports.", file=sys.stderr
        )
        shutil.rmtree(its_own)
        (state.tree / "bench-of-its-own").rename(its_own)


def known(state: State, kept: Path) -> bool:
    """Say whether a state knows every table of the school that is kept, so that it can carry it on."""
    place = kept / "preau.sqlite3"
    if on_postgres() or not place.exists():
        return True
    with closing(sqlite3.connect(place)) as school:
        applied = school.execute("SELECT app, name FROM django_migrations").fetchall()
    ours = {path.name for path in HERE.glob("preau/*")}
    return all(
        (state.tree / "preau" / app / "migrations" / f"{name}.py").exists()
        for app, name in applied
        if app in ours
    )


def opened_by(state: State, kept: Path, folder: Path) -> Path:
    """Return where the demonstration is, opened by a state the first time."""
    kept = folder / "opened" if on_postgres() else kept
    kept.mkdir(parents=True, exist_ok=True)
    print("Opening the demonstration, where there is none yet …", file=sys.stderr)
    state.do("-m", "preau.console", "demo", "--if-empty", data=kept)
    return kept


def settle(state: State, opened: Path) -> None:
    """Give a state its copy of the school, with the tables it expects and the assets of its pages."""
    copy(opened, state.school)
    copy_database(OPENED, state.name)
    for words in (("migrate",), ("collectstatic", "--noinput")):
        state.do("manage.py", *words, "--verbosity", "0", data=state.school, database=state.name)


def copy(school: Path, place: Path) -> None:
    """Copy what a school is made of: its database, its key, its files. Assets are the checkout's: shared."""
    place.mkdir(parents=True, exist_ok=True)
    for name in ("preau.sqlite3", "secret_key"):
        if (school / name).exists():
            shutil.copy(school / name, place)
    if (school / "files").exists():
        shutil.copytree(school / "files", place / "files")
    if place.name == "run":
        (place / "static").symlink_to(school / "static")


def on_postgres() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


def copy_database(name: str, other: str) -> None:
    """Make one database as another is, on PostgreSQL."""
    if not on_postgres():
        return
    import psycopg

    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {other} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {other} TEMPLATE {name} STRATEGY FILE_COPY")


def git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=HERE, stdout=subprocess.PIPE, text=True, check=True
    ).stdout.strip()

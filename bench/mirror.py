"""
The house in figures, as it stands or as it stood: `bin/mirror [revision …]`, one column each.

Nothing fails here. One looks at it before and after a change, as one looks at a photograph. It reads what Git
has under a revision, so that two states are measured by the same script; nothing of the project is run.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import quantiles

HERE = "HEAD"
WINDOW = 6
"""How many lines in a row, the same in two places, are a repetition."""


@dataclass(frozen=True)
class Change:
    """A change one could be asked for, and what one would look for to make it."""

    name: str
    said: str
    """What the files say that have to be opened."""
    where: str = "preau/"
    """Where they stand; tests, catalogues and migrations are left out."""


CHANGES = (
    Change("a way of rounding", r"\bHALF_EVEN\b"),
    Change(
        "a column of the class list (the birthday)",
        r"\bborn_on\b",
        "preau/structure/(?!models|forms|imports|actions|demo)",
    ),
    Change(
        "who may read comments",
        r"\bComment\b|\bcomments_of\b",
        "preau/(gradebook|report_cards)/(?!models|demo)",
    ),
    Change(
        "a kind of import (memberships)",
        r"\"memberships\"|\bmemberships as\b|import memberships|kinds?\.memberships",
    ),
    Change("a panel of the pupil's file (adjustments)", r"panels=", "preau/follow_up/"),
)


@dataclass(frozen=True)
class Source:
    """A file of the house under a revision."""

    path: str
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def is_test(self) -> bool:
        return "/tests/" in self.path or self.path.startswith(("tests/", "conftest"))

    @property
    def is_told(self) -> bool:
        """Whether it is code one reads to understand: no test, no migration, no catalogue."""
        return not self.is_test and "/migrations/" not in self.path and "/locale/" not in self.path


def git(*words: str, given: bytes | None = None) -> bytes:
    return subprocess.run(["git", *words], input=given, capture_output=True, check=True).stdout


def sources(revision: str) -> list[Source]:
    """Return the files of text of the package and its tests under a revision."""
    names = git("ls-tree", "-r", "--name-only", revision, "preau", "tests", "conftest.py", "config").decode()
    wanted = [name for name in names.split("\n") if re.search(r"\.(py|html|css|js|po|typ|txt|toml)$", name)]
    asked = "".join(f"{revision}:{name}\n" for name in wanted).encode()
    answer = subprocess.run(
        ["git", "cat-file", "--batch"], input=asked, capture_output=True, check=True
    ).stdout
    found, at = [], 0
    for name in wanted:
        head, _, _ = answer[at:].partition(b"\n")
        size, start = int(head.split()[-1]), at + len(head) + 1
        found.append(Source(name, answer[start : start + size].decode()))
        at = start + size + 1
    return found


# ---- What is measured ----


def functions(files: Iterable[Source]) -> Iterator[tuple[int, str]]:
    """Yield the length in lines of every function, and where it is."""
    for file in files:
        for node in ast.walk(ast.parse(file.text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (node.end_lineno or node.lineno) - node.lineno + 1, f"{file.path}:{node.name}"


def p95(values: list[int]) -> int:
    return round(quantiles(values, n=20)[-1]) if len(values) > 1 else 0


def repetitions(files: Iterable[Source]) -> int:
    """Return how many pairs of places share six lines that say something."""
    windows: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for file in files:
        said = [line.strip() for line in file.lines if len(line.strip()) > 3]
        said = [line for line in said if not line.startswith(("import ", "from ", "#", "//", "<!--"))]
        for at in range(len(said) - WINDOW + 1):
            windows[tuple(said[at : at + WINDOW])].add(file.path)
    pairs = {(one, other) for places in windows.values() for one in places for other in places if one < other}
    return len(pairs)


def to_open(files: Iterable[Source], change: Change) -> list[str]:
    """Return the files that a newcomer opens to make a change."""
    said, where = re.compile(change.said), re.compile(change.where)
    return [file.path for file in files if file.is_told and where.match(file.path) and said.search(file.text)]


def figures(revision: str) -> dict[str, str]:
    """Return the figures of a revision, in words, by name."""
    files = sources(revision)
    told = [file for file in files if file.is_told]
    code = [file for file in told if file.path.endswith(".py") and file.path.startswith("preau/")]
    tests = [file for file in files if file.is_test and file.path.endswith(".py")]
    lengths = sorted(functions(code))
    longest = max(code, key=lambda file: len(file.lines))
    scripts = [file for file in told if file.path.endswith(".js")]
    laid_out = {
        kind: [len(line) for file in told if file.path.endswith(kind) for line in file.lines]
        for kind in (".html", ".css")
    }
    found = {
        "characters of the whole": f"{sum(len(file.text) for file in files):,}",
        "… of Python, without tests": f"{sum(len(file.text) for file in code):,}",
        "… of follow_up, all included": str(
            f"{sum(len(file.text) for file in files if file.path.startswith('preau/follow_up/')):,}"
        ),
        "apps": str(len({file.path.split("/")[1] for file in code if file.path.count("/") > 1})),
        "functions: median / p95 / longest": (
            f"{lengths[len(lengths) // 2][0]} / {p95([size for size, _ in lengths])} / {lengths[-1][0]}"
            f" ({lengths[-1][1].removeprefix('preau/')})"
        ),
        "longest module": f"{len(longest.lines)} ({longest.path.removeprefix('preau/')})",
        "longest script": f"{max(len(file.lines) for file in scripts)}",
        "test lines per line of code": f"{_ratio(tests, code):.2f}",
        "template lines: p95 / over 120": _spread(laid_out[".html"]),
        "style lines: p95 / over 120": _spread(laid_out[".css"]),
        "pairs of files that repeat six lines": str(repetitions(code)),
    }
    return found | {
        f"files to open for {change.name}": str(len(to_open(files, change))) for change in CHANGES
    }


def _ratio(tests: list[Source], code: list[Source]) -> float:
    lines = [sum(bool(line.strip()) for file in files for line in file.lines) for files in (tests, code)]
    return lines[0] / lines[1]


def _spread(lengths: list[int]) -> str:
    return f"{p95(lengths)} / {sum(length > 120 for length in lengths)} of {len(lengths)}"


def main(words: list[str]) -> None:
    """Print the figures of each revision; with `--files`, the files behind the changes."""
    revisions = [word for word in words if not word.startswith("-")] or [HERE]
    columns = [figures(revision) for revision in revisions]
    for name in columns[0]:
        print(f"{name:<66}" + "".join(f"{column[name]:<44}" for column in columns).rstrip())
    if "--files" in words:
        for change in CHANGES:
            print(f"\n{change.name}")
            for revision in revisions:
                print(f"  {revision}: {', '.join(to_open(sources(revision), change))}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""A sitting: the same measures of one or two states, asked in turns, and the table of what was found."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from bench.states import State


@dataclass
class Found:
    """What a side found: seconds of a page and of the floor beside it, or the value of a piece of work."""

    pages: list[float] = field(default_factory=list)
    floors: list[float] = field(default_factory=list)
    queries: int | None = None
    bytes: int | None = None
    value: float | None = None
    error: str = ""

    @property
    def middle(self) -> float | None:
        return round(median(self.pages) * 1000, 2) if self.pages else None

    @property
    def slowest(self) -> float | None:
        return round(quantiles(self.pages, n=20)[-1] * 1000, 2) if len(self.pages) > 1 else None

    @property
    def floor(self) -> float | None:
        """How many times a bare view with one query, asked in between, the page takes."""
        return round(median(self.pages) / median(self.floors), 1) if self.pages else None

    def told(self) -> dict[str, Any]:
        return {
            "median_ms": self.middle,
            "p95_ms": self.slowest,
            "floors": self.floor,
            "queries": self.queries,
            "bytes": self.bytes,
            "value": self.value,
        } | ({"error": self.error} if self.error else {})


class Side:
    """One state taking one measure, in a process of its own."""

    def __init__(self, state: State, name: str) -> None:
        self.process: subprocess.Popen[str] = state.start(name)
        self.found = Found()
        self.times = 0
        first = self._hear()
        self.found.error = first.get("error", "")
        self.found.value = first.get("value")
        self.found.queries, self.found.bytes = first.get("queries"), first.get("bytes")
        self.times = first.get("times", 0)

    def step(self) -> None:
        """Ask the floor and the page once."""
        assert self.process.stdin  # noqa: S101 – it was opened with one.
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        heard = self._hear()
        if "page" in heard:
            self.found.floors.append(heard["floor"])
            self.found.pages.append(heard["page"])
        else:
            self.found.error, self.times = heard.get("error", "ended"), 0

    def end(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        self.process.kill() if self.found.error else self.process.wait()
        self.process.wait()

    def _hear(self) -> dict[str, Any]:
        assert self.process.stdout  # noqa: S101
        line = self.process.stdout.readline()
        heard: dict[str, Any] = json.loads(line) if line else {"error": "ended without a word"}
        return heard


def take(sides_of: list[State], name: str) -> list[Found]:
    """Take a measure of each state; pages are asked in turns, now one first, now the other."""
    sides: list[Side] = []
    try:
        sides.extend(Side(state, name) for state in sides_of)
        for number in range(max(side.times for side in sides)):
            for side in sides[:: -1 if number % 2 else 1]:
                if number < side.times:
                    side.step()
    finally:
        for side in sides:
            side.end()
    return [side.found for side in sides]


def heading(states: list[State]) -> str:
    if len(states) == 1:
        return f"{'':24}{'median ms':>10}{'p95 ms':>9}{'× floor':>9}{'queries':>9}{'bytes':>9}{'value':>9}"
    return f"{'':24}{'before':>10}{'now':>9}{'ratio':>8}{'× floor':>9}{'queries':>14}{'bytes':>19}"


def line(name: str, found: list[Found]) -> str:
    """Say a measure in a line: of one state, or of two with the ratio of now to before."""
    if wrong := "; ".join(each.error for each in found if each.error):
        return f"{name:24}{wrong}"
    now = found[-1]
    if len(found) == 1:
        cells = [now.middle, now.slowest, now.floor, now.queries, now.bytes, now.value]
        shown = ["" if cell is None else str(cell) for cell in cells]
        return f"{name:24}{shown[0]:>10}" + "".join(f"{cell:>9}" for cell in shown[1:])
    before = found[0]
    old, new = (each.middle if each.pages else each.value for each in found)
    ratio = f"{new / old:.2f}" if old and new else ""
    told = f"{name:24}{old or '':>10}{new or '':>9}{ratio:>8}{now.floor or '':>9}"
    if not now.pages:
        return told
    return f"{told}{f'{before.queries} → {now.queries}':>14}{f'{before.bytes} → {now.bytes}':>19}"

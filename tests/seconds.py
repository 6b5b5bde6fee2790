"""
What the tests of each app cost, in seconds of a processor: printed at the end of a run of several apps.

Budgets are in CONTRIBUTING.md. Seconds of a processor depend on the machine, not on who shares it.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

BEGAN = pytest.StashKey[float]()
SPENT = "processor seconds"


def processor_seconds() -> float:
    """Return what this process has spent so far, with the processes that it started and that ended."""
    return sum(os.times()[:4])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    item.stash[BEGAN] = processor_seconds()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    if call.when == "teardown":
        item.user_properties.append((SPENT, processor_seconds() - item.stash[BEGAN]))


def part_of(test: str) -> str:
    """Return the app of a test, or the folder or file among the tests of the whole house."""
    house, part, *_rest = Path(test.partition("::")[0]).parts
    return part if house == "preau" else f"{house}/{part}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    spent: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "teardown":
                spent[part_of(report.nodeid)] += dict(report.user_properties).get(SPENT, 0)
    if len(spent) > 1:
        terminalreporter.section("processor seconds")
        for part, seconds in spent.most_common():
            terminalreporter.write_line(f"{seconds:7.1f}s of a processor: {part}")
        terminalreporter.write_line(f"{sum(spent.values()):7.1f}s of a processor: all together")

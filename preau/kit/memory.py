"""
Facts kept in mind: the one memory of answers in the house (decision 16).

What every page needs and nobody wants to pay for (the school, its years, its schemes) is kept by the process:
`remember`. What rules ask about the person who signed in lasts one request: a `Memory` on that person.

Whoever changes a fact calls `forget_what_changed`: it is forgotten here at once, and by other processes with
their next request or job, which looks at a stamp in the shared cache. That is one question a request.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, TypeVar, cast

from django.core.cache import cache
from django.core.signals import request_started
from django.db import transaction
from django_tasks.signals import task_started

FRESH_FOR = 10.0
"""Seconds after which everything is asked again: counts that nobody announces change too."""
STAMP = "preau.kit.memory"
T = TypeVar("T")


class Memory:
    """Answers by question, until they are forgotten."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, Any] = {}

    def recall(self, question: Hashable, ask: Callable[[], T]) -> T:
        """Return what was answered to this question, else ask."""
        if question not in self._answers:
            self._answers[question] = ask()
        return cast("T", self._answers[question])


class _Now(threading.local):
    """What this thread knows of the memory of others, in the request or the job it is busy with."""

    def __init__(self) -> None:
        self.looked = False
        self.stamp: str | None = None
        self.has_unsaved_changes = False
        self.unsaved = Memory()
        self.waiting: list[Any] = []
        """What waits for the commit; `unsaved` is known for as long as it is the same list."""


_now = _Now()
_remembered: dict[str, tuple[str | None, float, Any]] = {}


def remember(name: str, ask: Callable[[], T]) -> T:
    """Return what was asked a moment ago under this name, else ask again."""
    if _now.has_unsaved_changes:
        return _until_saved(name, ask)
    stamp, known = _stamp(), _remembered.get(name)
    if known is not None and known[0] == stamp and monotonic() - known[1] < FRESH_FOR:
        return cast("T", known[2])
    answer = ask()
    _remembered[name] = (stamp, monotonic(), answer)
    return answer


def _until_saved(name: str, ask: Callable[[], T]) -> T:
    """
    Return what was asked since the last change of this transaction, else ask.

    Others must not see it, nor we once it is undone: whatever ends a transaction, and whatever undoes a part
    of one, gives the connection another list of what waits for the commit.
    """
    waiting = transaction.get_connection().run_on_commit
    if _now.waiting is not waiting:
        _now.waiting, _now.unsaved = waiting, Memory()
    return _now.unsaved.recall(name, ask)


def forget() -> None:
    """Forget everything in this process, for who puts another school in place of this one."""
    _remembered.clear()
    _look_again()


def forget_what_changed(**_signal: Any) -> None:
    """Forget now, for whoever writes, and once the writing is visible to all, in every process."""
    _remembered.clear()
    _now.has_unsaved_changes, _now.unsaved = True, Memory()
    transaction.on_commit(_tell_the_others, robust=True)


def _tell_the_others() -> None:
    if _now.has_unsaved_changes:  # Once for all that a transaction changed.
        _look_again()
        _remembered.clear()
        cache.set(STAMP, uuid.uuid4().hex, timeout=None)


def _stamp() -> str | None:
    if not _now.looked:
        _now.stamp, _now.looked = cache.get(STAMP), True
    return _now.stamp


def _look_again(**_signal: Any) -> None:
    _now.looked = _now.has_unsaved_changes = False


request_started.connect(_look_again)
task_started.connect(_look_again)

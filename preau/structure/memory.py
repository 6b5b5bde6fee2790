"""
What every page needs and nobody wants to pay for: the school, its years and periods, kept in mind.

A change made here is forgotten at once; another process learns of it within `FRESH_FOR` seconds.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar, cast

from django.db import transaction

FRESH_FOR = 10.0
T = TypeVar("T")

_remembered: dict[str, tuple[float, Any]] = {}


def remember(name: str, ask: Callable[[], T]) -> T:
    """Return what was asked a moment ago under this name, else ask again."""
    known = _remembered.get(name)
    if known is not None and monotonic() - known[0] < FRESH_FOR:
        return cast("T", known[1])
    answer = ask()
    _remembered[name] = (monotonic(), answer)
    return answer


def forget() -> None:
    """Forget everything, so that the next question is asked again."""
    _remembered.clear()


def forget_what_changed(**_signal: Any) -> None:
    """Forget now, for whoever writes, and again once the writing is visible to all."""
    forget()
    transaction.on_commit(forget)

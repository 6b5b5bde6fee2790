"""Keys, some hundred at a time: as many as a database takes in one question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

AT_A_TIME = 500
T = TypeVar("T")


def portions(keys: list[T], size: int = AT_A_TIME) -> Iterator[list[T]]:
    """Yield the keys in their order, so many at a time."""
    return (keys[start : start + size] for start in range(0, len(keys), size))

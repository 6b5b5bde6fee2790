"""
All that is held about a person, in one file that the person may take away.

Each app says what it holds with `contributes`, in its `offers.py`: named tables, each a list of rows, each
row a dictionary of a column's name and a plain value. An app gives what concerns the person alone: the names
and numbers of others stay out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Tables = dict[str, Sequence[Row]]
Holding = Callable[[Any], Tables]
_holdings: dict[str, Holding] = {}


def contributes(app: str) -> Callable[[Holding], Holding]:
    """Have the decorated function say what an app holds about a person."""

    def register(holding: Holding) -> Holding:
        _holdings[app] = holding
        return holding

    return register


def dossier_of(person: Any) -> dict[str, Tables]:
    """Return all that is held about a person, app by app, table by table."""
    return {app: _holdings[app](person) for app in sorted(_holdings)}

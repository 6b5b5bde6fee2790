"""
Undoing an import: what each app holds meanwhile, and what stands in the way of it.

    @stands_in_the_way
    def closed_gradebooks(footprint: Footprint) -> Iterator[Hindrance]: ...

That nothing may point at what the file made, nor anybody have changed what it wrote, the engine sees itself;
an app declares what no foreign key says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from preau.kit.written_rows import What, WrittenRow


@dataclass(frozen=True)
class Hindrance:
    """What was built on an import, in a sentence, and the record where people find it."""

    words: str
    at: Model | None = None


@dataclass(frozen=True)
class Footprint:
    """What an import wrote, by model and key."""

    rows: Mapping[type[Model], Mapping[Any, WrittenRow]] = field(default_factory=dict)

    def of(self, model: type[Model], *whats: What) -> list[Any]:
        """Return the keys of the rows of a model that were made, changed or removed: all, unless told."""
        return [key for key, row in self.rows.get(model, {}).items() if not whats or row.what in whats]

    def made(self, model: type[Model]) -> list[Any]:
        return self.of(model, What.MADE)


Holds = Callable[[Footprint], None]
Sees = Callable[[Footprint], Iterable[Hindrance]]
_holds: list[Holds] = []
_sees: list[Sees] = []


def holds_for_undoing(hold: Holds) -> Holds:
    """Have the decorated function hold what its app holds for such rows, until the transaction ends."""
    _holds.append(hold)
    return hold


def stands_in_the_way(see: Sees) -> Sees:
    """Have the decorated function say what was built on an import. It writes nothing."""
    _sees.append(see)
    return see


def hold(footprint: Footprint) -> None:
    """Hold all that the apps hold."""
    for each in _holds:
        each(footprint)


def seen_by_apps(footprint: Footprint) -> Iterable[Hindrance]:
    """Yield what the apps know to be in the way."""
    for see in _sees:
        yield from see(footprint)

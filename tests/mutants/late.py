"""Rules that are made anew each time they are asked, so that a mutant of one is noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from preau.kit.access import Rule, Standing


class LateWords:
    """The words of a rule, found anew each time they are read."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make

    def __iter__(self) -> Iterator[Any]:
        return iter(self.make().parts)

    def __add__(self, others: Any) -> tuple[Any, ...]:
        return (*self, *others)

    def __radd__(self, others: Any) -> tuple[Any, ...]:
        return (*others, *self)


def late(make: Callable[[], Any]) -> Any:
    """Return the rule that is made, so that it is made anew each time it is asked."""
    made = make()
    if not isinstance(made, Rule):
        return made
    asked: dict[str, Any] = {
        "condition": lambda person: make().condition(person),
        "parts": LateWords(make),
    }
    if isinstance(made, Standing):
        asked["test"] = lambda person: make().test(person)
    return replace(made, **asked)

"""Rules that are made anew each time they are asked, so that a mutant of one is noticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from preau.kit.access import Rule, Standing


def late(make: Callable[[], Any]) -> Any:
    """Return the rule that is made, so that it is made anew each time it is asked."""
    made = make()
    if not isinstance(made, Rule):
        return made
    asked: dict[str, Any] = {"condition": lambda person: make().condition(person)}
    if isinstance(made, Standing):
        asked["test"] = lambda person: make().test(person)
    return replace(made, **asked)

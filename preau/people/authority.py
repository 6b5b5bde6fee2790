"""
Whose duties and whose keys one may keep: nobody gives, ends or opens what is above their own.

What a duty lets people read and do differs from duty to duty, so each says which it may give; whoever holds
several may give what any of them gives. The head and the deputies come from the head alone. A system
administrator reads no pupil, and therefore makes no one who does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .models import Duty, Person

Kind = Duty.Kind
EVERY_DUTY: frozenset[str] = frozenset(Kind.values)

GIVES: Mapping[str, frozenset[str]] = {
    Kind.HEAD: EVERY_DUTY,
    Kind.DEPUTY: EVERY_DUTY - {Kind.HEAD, Kind.DEPUTY},
    Kind.ADMINISTRATOR: frozenset({Kind.ADMINISTRATOR}),
}
"""The duties that whoever holds a duty may give to others, and end."""

KEEPS_KEYS: Mapping[str, frozenset[str]] = {
    Kind.HEAD: EVERY_DUTY,
    Kind.DEPUTY: EVERY_DUTY - {Kind.HEAD},
    Kind.ADMINISTRATOR: EVERY_DUTY - {Kind.HEAD, Kind.DEPUTY, Kind.SECRETARY, Kind.DATA_PROTECTION},
    Kind.SECRETARY: EVERY_DUTY - {Kind.HEAD, Kind.DEPUTY, Kind.ADMINISTRATOR, Kind.DATA_PROTECTION},
}
"""The duties whose holders may be invited, blocked and let in again by whoever holds a duty."""


def gives(person: Person) -> frozenset[str]:
    """Return the duties that a person may give today, and end."""
    return _together(GIVES, person.duties_in_force)


def above(person: Person) -> frozenset[str]:
    """Return the duties above those of a person: their holders' keys are not for that person to keep."""
    return EVERY_DUTY - _together(KEEPS_KEYS, person.duties_in_force)


def _together(table: Mapping[str, frozenset[str]], held: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(table.get(kind, frozenset()) for kind in held))

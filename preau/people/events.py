"""What happens to the people of the school, for whoever keeps account of it."""

from dataclasses import dataclass, field
from typing import Any

from preau.kit.traces import TracedAct


@dataclass(frozen=True)
class PersonActedUpon:
    """Something was recorded about a person: who they are, where they live, who answers for them, a duty."""

    act: TracedAct
    about_id: int
    by_id: int | None
    subject: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonLookedAt:
    """Somebody opened what the register holds about a person."""

    act: TracedAct
    about_id: int
    by_id: int


@dataclass(frozen=True)
class SeveralActedUpon:
    """The same was recorded about several persons at once: a file was brought in."""

    acts: tuple[PersonActedUpon, ...]

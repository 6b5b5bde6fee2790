"""
What a session keeps while somebody who leads the school sees it as a family does.

The account stays that of whoever looks; `request.person` becomes the one whose eyes they are
(`middleware.SeeAs`). It stands in the session of the browser: signing out ends it with everything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from preau.kit import clock
from preau.kit.http import Request
from preau.kit.memory import Memory
from preau.people.models import Person

from .rules import may_see_as

LASTS = timedelta(minutes=15)
KEY = "seeing_as"

OPEN = frozenset(
    {
        "design:manifest",
        "design:school_css",
        "design:sender",
        "files:file",
        "files:thumbnail",
        "follow_up:plan",
        "gradebook:course_why",
        "gradebook:filling",
        "gradebook:my_results",
        "gradebook:past",
        "gradebook:results",
        "people:parents",
        "portal:chapter",
        "portal:favicon",
        "portal:health",
        "portal:help",
        "portal:help_picture",
        "portal:pupil",
        "portal:robots",
        "portal:rules",
        "portal:search",
        "portal:security_txt",
        "portal:today",
        "report_cards:card",
        "report_cards:document",
        "report_cards:mine",
        "sheets:explanation",
        "structure:class_group",
        "structure:classes",
        "structure:group",
        "trail:looks",
    }
)
"""The only pages one reads with the eyes of another: what is not named here stays closed."""

FETCHED = ("design:", "portal:favicon", "portal:health")
NOTED = frozenset(door for door in OPEN if not door.startswith(FETCHED))
"""Those of them that the trail names: all but what a browser fetches for itself."""

LEAVES = frozenset({"portal:end_seeing", "account_logout"})
"""What is done as oneself meanwhile."""


@dataclass(frozen=True)
class Seeing:
    """Somebody sees as another, until a moment."""

    actor: Person
    eyes: Person
    until: datetime

    @property
    def minutes_left(self) -> int:
        """Return how many minutes are left, the one that has begun among them."""
        return max(1, -int((clock.now() - self.until) // timedelta(minutes=1)))

    @property
    def is_over(self) -> bool:
        """Say whether the time is over, or the right to see so has ended meanwhile."""
        return clock.now() >= self.until or not may_see_as.allows(self.actor, self.eyes)


def keep(request: Request, seeing: Seeing) -> None:
    request.session[KEY] = {"eyes": seeing.eyes.pk, "until": seeing.until.isoformat()}


def kept(request: Request) -> Seeing | None:
    """Return what the session keeps, be it over or not; nothing when one sees as oneself."""
    found = request.session.get(KEY) if request.user.is_authenticated else None
    if not found:
        return None
    eyes = Person.objects.filter(pk=found["eyes"]).first()
    if eyes is None:  # Erased meanwhile, or made one with another record.
        forget(request)
        return None
    eyes.memory = Memory()
    return Seeing(request.person, eyes, datetime.fromisoformat(found["until"]))


def forget(request: Request) -> None:
    request.session.pop(KEY, None)


def page_of(eyes: Person) -> str:
    """Return the page one comes from, and goes back to: the file of a pupil, a parent in the register."""
    return "portal:pupil" if eyes.enrolments.exists() else "people:person"


def reaches_alone(seeing: Seeing, hands: Mapping[str, tuple[Any, Any]], named: Mapping[str, Any]) -> bool:
    """Say whether the rules of a door let the actor, as themselves, read the records its address names."""
    return all(
        rule.among(model._default_manager.filter(pk=named[f"{name}_id"]), seeing.actor).exists()
        for name, (model, rule) in hands.items()
        if f"{name}_id" in named
    )

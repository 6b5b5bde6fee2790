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

from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.http import Request
from preau.kit.memory import Memory
from preau.kit.modules import Words
from preau.people.models import Person

from .rules import may_see_as

LASTS = timedelta(minutes=15)
KEY = "seeing_as"

FETCHED_BY_ITSELF = ""
PAGES: Mapping[str, Words] = {
    "design:manifest": FETCHED_BY_ITSELF,
    "design:school_css": FETCHED_BY_ITSELF,
    "design:sender": FETCHED_BY_ITSELF,
    "files:file": _("File"),
    "files:thumbnail": _("File"),
    "follow_up:plan": _("Adjustments"),
    "gradebook:course_why": _("Results"),
    "gradebook:filling": _("Results"),
    "gradebook:my_results": _("Results"),
    "gradebook:past": _("Results"),
    "gradebook:results": _("Results"),
    "people:parents": _("What your parents read"),
    "portal:chapter": _("Help"),
    "portal:favicon": FETCHED_BY_ITSELF,
    "portal:health": FETCHED_BY_ITSELF,
    "portal:help": _("Help"),
    "portal:help_picture": FETCHED_BY_ITSELF,
    "portal:pupil": _("School file"),
    "portal:robots": FETCHED_BY_ITSELF,
    "portal:rules": _("Who may see what"),
    "portal:search": _("Search"),
    "portal:security_txt": FETCHED_BY_ITSELF,
    "portal:today": _("Today"),
    "report_cards:card": _("Report cards"),
    "report_cards:document": _("Report cards"),
    "report_cards:mine": _("Report cards"),
    "sheets:explanation": _("Results"),
    "structure:class_group": _("Class"),
    "structure:classes": _("Classes"),
    "structure:group": _("Group"),
    "trail:looks": _("Who looked"),
}
"""
The only pages one reads with the eyes of another, each with its name in the trail; others stay closed.

The name holds nothing of the record: a father of one child reads it, and answers not for the other.
"""

OPEN = frozenset(PAGES)

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


def pupils_named(hands: Mapping[str, tuple[Any, Any]], named: Mapping[str, Any]) -> set[int]:
    """Return the pupils whom the records in the address of a door are about; none for one about several."""
    pupils: set[int] = set()
    for name, (model, _rule) in hands.items():
        record = model._default_manager.filter(pk=named.get(f"{name}_id"))
        if model is Person:
            pupils.update(record.values_list("pk", flat=True))
        elif hasattr(model, "pupil"):
            pupils.update(record.values_list("pupil", flat=True))
    return pupils

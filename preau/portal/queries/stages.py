"""Which modules are closed to whom: asked on every page, so it costs no query where nothing is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from preau.kit import clock, modules
from preau.kit.memory import remember
from preau.kit.modules import Stage
from preau.people.models import Person

from ..models import Audience, Pilot, RollOut
from ..relations import audiences_of

InForce = dict[tuple[str, str], RollOut]
DEFAULT = Stage.LAUNCHED


def decisions() -> list[RollOut]:
    """Return every decision ever taken, the earliest first. Remembered for a moment."""
    return remember("portal.decisions", lambda: list(RollOut.objects.order_by("starts_on")))


def in_force_on(day: date) -> InForce:
    """Return the decision that counts on a day for each module and audience of which something is said."""
    return {
        (said.module, said.audience): said
        for said in decisions()
        if said.starts_on <= day and (said.ends_on is None or said.ends_on > day)
    }


def stage_for(module: str, audience: str, said: InForce) -> Stage:
    """Return how far a module is open to an audience: its own word, else everyone's, else open."""
    decision = said.get((module, audience)) or said.get((module, Audience.EVERYONE))
    return Stage(decision.stage) if decision else DEFAULT


def closed_modules(person: Person | None) -> frozenset[str]:
    """Return the keys of the modules closed to a person today. Remembered on the person."""
    if person is None:
        return frozenset()
    known: frozenset[str] | None = person.__dict__.get("_closed_modules")
    if known is None:
        known = person.__dict__["_closed_modules"] = _work_out_closed(person)
    return known


def _work_out_closed(person: Person) -> frozenset[str]:
    said = in_force_on(clock.today())
    touched = {key for key, _audience in said if (module := modules.module(key)) and module.can_close}
    if not any(stage_is_narrow(decision.stage) for decision in said.values()) or not touched:
        return frozenset()
    audiences = audiences_of(person) or [Audience.EVERYONE]
    stages = {key: {stage_for(key, audience, said) for audience in audiences} for key in touched}
    tried = _tried_by(person) if any(Stage.PILOT in found for found in stages.values()) else frozenset()
    return frozenset(key for key, found in stages.items() if _is_closed(found, key in tried))


def stage_is_narrow(stage: str) -> bool:
    """Say whether a stage keeps anybody out."""
    return stage in {Stage.CLOSED, Stage.PILOT}


def _is_closed(stages: Iterable[Stage], tries_it: bool) -> bool:
    return all(stage == Stage.CLOSED or (stage == Stage.PILOT and not tries_it) for stage in stages)


def _tried_by(person: Person) -> frozenset[str]:
    return frozenset(Pilot.objects.filter(person=person).values_list("module", flat=True))

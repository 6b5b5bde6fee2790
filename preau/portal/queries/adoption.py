"""How many use each module: what the roll-out page shows. Numbers of persons, never names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from preau.kit import clock, modules
from preau.kit.modules import Module, Stage
from preau.people.models import Person, PersonQuerySet, Relationship
from preau.people.ties import in_force
from preau.structure.queries import enrolled_pupils, staff

from ..models import Audience, Pilot, RollOut, Use
from .stages import decisions, in_force_on, stage_for

SPAN = timedelta(days=30)
TONES = {
    Stage.CLOSED: "",
    Stage.PILOT: "warning",
    Stage.OPEN: "info",
    Stage.LAUNCHED: "good",
    Stage.COMPULSORY: "accent",
}
REAL_AUDIENCES = (Audience.STAFF, Audience.PUPILS, Audience.GUARDIANS)


@dataclass(frozen=True)
class Opening:
    """How far a module is open to an audience today, what comes next, and how many used it of late."""

    audience: Audience
    stage: Stage
    until: date | None
    next_decision: RollOut | None
    users: int
    size: int

    @property
    def tone(self) -> str:
        return TONES[self.stage]


@dataclass(frozen=True)
class ModuleLine:
    """A module and its openings, audience by audience."""

    module: Module
    openings: list[Opening]
    pilots: int


def people_in(audience: Audience) -> PersonQuerySet:
    """Return the persons of an audience today."""
    if audience == Audience.EVERYONE:
        return Person.objects.all()
    if audience == Audience.STAFF:
        return staff()
    if audience == Audience.PUPILS:
        return enrolled_pupils()
    return Person.objects.filter(pk__in=Relationship.objects.filter(in_force()).values("guardian"))


def users_of(module: Module, audience: Audience) -> int:
    """Return how many of an audience opened a module of late."""
    return _users_by_module(audience).get(module.key, 0)


def adoption() -> list[ModuleLine]:
    """Return every module that can be closed, with its openings. Eight queries, whatever the school."""
    sizes = {audience: people_in(audience).count() for audience in REAL_AUDIENCES}
    users = {audience: _users_by_module(audience) for audience in REAL_AUDIENCES}
    pilots = dict(Pilot.objects.values_list("module").annotate(Count("pk")))
    today = clock.today()
    said = in_force_on(today)

    def opening(key: str, audience: Audience) -> Opening:
        decision = said.get((key, audience)) or said.get((key, Audience.EVERYONE))
        coming = [
            later
            for later in decisions()
            if later.module == key
            and later.audience in {audience, Audience.EVERYONE}
            and later.starts_on > today
        ]
        return Opening(
            audience=audience,
            stage=stage_for(key, audience, said),
            until=decision.ends_on if decision else None,
            next_decision=coming[0] if coming else None,
            users=users[audience].get(key, 0),
            size=sizes[audience],
        )

    return [
        ModuleLine(
            module=module,
            openings=[opening(module.key, audience) for audience in REAL_AUDIENCES],
            pilots=pilots.get(module.key, 0),
        )
        for module in modules.modules()
        if module.can_close
    ]


def _users_by_module(audience: Audience) -> dict[str, int]:
    recent = Use.objects.filter(on__gt=clock.today() - SPAN, person__in=people_in(audience).order_by())
    return dict(recent.values_list("module").annotate(Count("person", distinct=True)))

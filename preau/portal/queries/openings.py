"""One module: how far it is open to whom, what is decided, who tries it; and whom a lost person may ask."""

from __future__ import annotations

from dataclasses import dataclass

from preau.accounts import audiences
from preau.kit.modules import Module
from preau.people.models import Duty, Person, PersonQuerySet
from preau.people.ties import in_force
from preau.structure.models import School
from preau.structure.queries import school

from ..models import Pilot, RollOut
from .adoption import ModuleLine, adoption
from .stages import decisions

MOST_NEWCOMERS = 10
MOST_NAMED = 5


@dataclass(frozen=True)
class Openings:
    """All that is decided about a module."""

    line: ModuleLine
    decisions: list[RollOut]
    pilots: list[Pilot]

    @property
    def module(self) -> Module:
        return self.line.module


@dataclass(frozen=True)
class WhomToAsk:
    """Those who help with this place: the school's office and who looks after the system."""

    school: School | None
    administrators: list[Person]
    secretaries: list[Person]

    @property
    def phones(self) -> list[str]:
        return [self.school.phone] if self.school and self.school.phone else []


def openings_of(module: Module) -> Openings:
    """Gather what is decided about a module."""
    return Openings(
        line=next(line for line in adoption() if line.module == module),
        decisions=[decision for decision in decisions() if decision.module == module.key],
        pilots=list(
            Pilot.objects.filter(module=module.key).select_related("person").order_by("person__sort_name")
        ),
    )


def newcomers_named(module: Module, typed: str) -> PersonQuerySet | None:
    """Return the persons of that name who do not try the module yet; nothing when no name was typed."""
    if not typed.strip():
        return None
    tried = Pilot.objects.filter(module=module.key).values("person")
    found: PersonQuerySet = Person.objects.named(typed).exclude(pk__in=tried).by_name()[:MOST_NEWCOMERS]
    return found


def circles() -> list[tuple[str, str]]:
    """Return the classes, lists and course groups that may try a module together, with their words."""
    return audiences.options("course_group")


def persons_of(circle: str) -> PersonQuerySet:
    """Return who is in one of these today, by name."""
    found: PersonQuerySet = Person.objects.filter(audiences.members(circle)).by_name()
    return found


def whom_to_ask() -> WhomToAsk:
    """Return those who help, by name. Two queries."""

    def holders(kind: Duty.Kind) -> list[Person]:
        duties = Duty.objects.filter(in_force(), kind=kind)
        return list(Person.objects.filter(pk__in=duties.values("person")).by_name()[:MOST_NAMED])

    return WhomToAsk(school(), holders(Duty.Kind.ADMINISTRATOR), holders(Duty.Kind.SECRETARY))

"""What the chapter of the people leaves to those that follow."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from preau.people.models import Person

FIRST_DAY = date(2026, 8, 24)
BARE_LETTERS = str.maketrans("łŁıøØđßœæ", "lLioOdsoa")


@dataclass
class Pupil:
    """A pupil, and the year of study in which he or she is: 1C, 2S, 6."""

    person: Person
    level: str
    story: str = ""
    repeats: bool = False


@dataclass
class Folk:
    """Everybody, by what they are to the school."""

    pupils: list[Pupil] = field(default_factory=list)
    guardians: list[Person] = field(default_factory=list)
    teachers: list[Person] = field(default_factory=list)
    staff: list[Person] = field(default_factory=list)
    """Teachers and everybody else who works here."""
    left: list[Person] = field(default_factory=list)
    """Pupils of earlier years."""
    cast: dict[str, Person] = field(default_factory=dict)
    """The people of the tests, by their short names: vandamme, noor."""
    stories: dict[str, Person] = field(default_factory=dict)
    """Those whose case every school knows, by the name of the case."""
    handles: dict[str, Person] = field(default_factory=dict)
    """User names: first.last, each once."""

    @property
    def everybody(self) -> list[Person]:
        return list(self.handles.values())

    @property
    def moment_of_objection(self) -> datetime:
        return datetime(2027, 1, 15, 9, 30, tzinfo=ZoneInfo("Europe/Brussels"))

    def welcome(self, person: Person, *, has_email: bool = True) -> Person:
        """Give a person a user name of one's own, and the e-mail that goes with it."""
        plain = handle_of(person)
        handle, number = plain, 1
        while handle in self.handles:
            number += 1
            handle = f"{plain}{number}"
        self.handles[handle] = person
        if has_email:
            person.email = f"{handle}@example.org"
        return person


def handle_of(person: Person) -> str:
    """Return first.last in plain letters: `Müller-Özdemir` becomes `muller-ozdemir`."""

    def plain(name: str) -> str:
        bare = unicodedata.normalize("NFKD", name.translate(BARE_LETTERS)).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z-]", "", bare.lower())[:27]

    return f"{plain(person.given_name)}.{plain(person.family_name)}"

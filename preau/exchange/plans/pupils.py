"""The pupil a row speaks of, when it brings something about the pupil: a group, a grade."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from preau.exchange.intake import Intake
from preau.exchange.registers.people import several
from preau.kit.imports.records import Record
from preau.kit.imports.values import Wrong
from preau.kit.tables import plain
from preau.people.models import Person

from .identity import name_in


def find_pupil(intake: Intake, record: Record) -> Person:
    """
    Return the pupil, by number, else by name with date of birth or class.

    :raises Wrong: when nobody is found, or several may be meant
    """
    people, value = intake.people, record["pupil_id"]
    if value and (found := people.numbered(intake.source, value) or people.numbered_anywhere(value)):
        return found
    family, given = name_in(record)
    if not family:
        raise _unknown(value or "", "pupil_id")
    alike = _narrowed(people.named(family, given), intake, record)
    if len(alike) > 1:
        raise several(alike)
    if not alike:
        raise _unknown(f"{family} {given}".strip(), "family_name")
    return alike[0]


def _narrowed(alike: list[Person], intake: Intake, record: Record) -> list[Person]:
    """Keep, of several of the same name, those born that day, of that class, or enrolled at all."""
    born_on, class_name = record["born_on"], plain(record["class_name"] or "")
    enrolments = intake.people.enrolments
    narrowings: list[Callable[[Person], bool]] = []
    if born_on:
        narrowings.append(lambda person: person.born_on == born_on)
    if class_name:
        narrowings.append(
            lambda person: any(plain(it.class_group.name) == class_name for it in enrolments[id(person)])
        )
    narrowings.append(lambda person: bool(enrolments[id(person)]))
    for fits in narrowings:
        if len(alike) > 1:
            alike = [person for person in alike if fits(person)] or alike
    return alike


def _unknown(called: str, target: str) -> Wrong:
    return Wrong(
        _("No pupil is known as “%(called)s”.") % {"called": called},
        _("Import the pupils first, or correct the number or the name."),
        target,
    )

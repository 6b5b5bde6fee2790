"""The pupil a row speaks of, when it brings something about the pupil: a group, a grade."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from preau.kit.imports.records import Record
from preau.kit.imports.values import Wrong
from preau.kit.tables import plain
from preau.people.imports.identity import name_in
from preau.people.imports.register import Entry, Register, several, two_persons
from preau.people.models import Person

from .register import Structure


def find_pupil(structure: Structure, register: Register, record: Record) -> Person:
    """
    Return the pupil, by number, else by name with date of birth or class.

    :raises Wrong: when nobody is found, several may be meant, or number and name are two pupils'
    """
    value, (family, given) = record["pupil_id"], name_in(record)
    if value and (
        found := register.numbered(structure.work.source, value) or register.numbered_anywhere(value)
    ):
        _refuse_another_pupils_name(structure, register, found, value, (family, given))
        return found.person
    if not family:
        raise _unknown(value or "", "pupil_id")
    alike = _narrowed(register.named(family, given), structure, record)
    if len(alike) > 1:
        raise several(alike)
    if not alike:
        raise _unknown(f"{family} {given}".strip(), "family_name")
    return alike[0].person


def _refuse_another_pupils_name(
    structure: Structure, register: Register, found: Entry, value: str, name: tuple[str, str]
) -> None:
    namesakes = register.named(*name) if all(name) else []
    if found in namesakes:
        return
    for other in namesakes:
        if other.person.pk in structure.pupils:
            raise two_persons(value, found.person, other.person, "pupil_id")


def _narrowed(alike: list[Entry], structure: Structure, record: Record) -> list[Entry]:
    """Keep, of several of the same name, those born that day, of that class, or enrolled at all."""
    born_on, class_name = record["born_on"], plain(record["class_name"] or "")
    enrolments = structure.enrolments
    narrowings: list[Callable[[Person], bool]] = []
    if born_on:
        narrowings.append(lambda person: person.born_on == born_on)
    if class_name:
        narrowings.append(
            lambda person: any(
                plain(tie.class_group.name) == class_name for tie in enrolments.get(person.pk, ())
            )
        )
    narrowings.append(lambda person: bool(enrolments.get(person.pk)))
    for fits in narrowings:
        if len(alike) > 1:
            alike = [entry for entry in alike if fits(entry.person)] or alike
    return alike


def _unknown(called: str, target: str) -> Wrong:
    return Wrong(
        _("No pupil is known as “%(called)s”.") % {"called": called},
        _("Import the pupils first, or correct the number or the name."),
        target,
    )

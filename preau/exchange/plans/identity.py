"""Who a row speaks of, and what it may change about them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from preau.exchange.intake import Intake
from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.kit.imports.values import Wrong
from preau.people.models import ExternalId, Person

WAYS_TO_REACH = ("email", "phone", "mobile")


def name_in(record: Record, prefix: str = "") -> tuple[str, str]:
    """Return family and given name as the row gives them, in two columns or in one."""
    family, given = record[f"{prefix}family_name"] or "", record[f"{prefix}given_name"] or ""
    if not family and (both := record[f"{prefix}full_name"]):
        family, given = both[0], given or both[1]
    return family[:100], given[:100]


def number(
    intake: Intake, record: Record, person: Person, system: str, value: str, *, silent: bool = False
) -> None:
    """Note the number another system gives a person, if it is not known yet."""
    if not value or intake.people.number_of(person, system) == value:
        return
    intake.draft.add(ExternalId(person=person, system=system, value=value))
    intake.people.note_number(person, system, value)
    if not silent:
        record.changes.append(Change(_("Number (%(system)s)") % {"system": system}, "", value))


def update(
    intake: Intake, record: Record, person: Person, facts: dict[str, object], *, about: str = ""
) -> None:
    """
    Change what a row says of a person; a blank cell changes nothing.

    How to reach somebody with more rights than the person who imports is not changed: whoever can write the
    head's address could take the head's place.
    """
    facts = {name: value for name, value in facts.items() if value not in (None, "")}
    if stands_above(intake, person):
        kept = [name for name in WAYS_TO_REACH if name in facts and getattr(person, name) != facts[name]]
        for name in kept:
            del facts[name]
        if kept:
            record.warn(
                _("%(name)s holds a function: address and phone are not changed by a file.")
                % {"name": person.full_name},
                _("Change them on the person's page."),
            )
    for change in intake.draft.change(person, **facts):
        record.changes.append(
            Change(f"{about}: {change.label}" if about else change.label, change.old, change.new)
        )


def stands_above(intake: Intake, person: Person) -> bool:
    """Say whether a person holds a duty that the person who imports does not."""
    held = intake.people.duties.get(person.pk or 0, set())
    mine = set(intake.by.duties_in_force) if intake.by else set()
    return bool(held - mine)


def once_only(seen: dict[int, int], person: Person, record: Record) -> None:
    """Refuse a person who stands on two lines of the file."""
    line = seen.setdefault(id(person), record.line)
    if line != record.line:
        raise Wrong(
            _("%(name)s already stands on line %(line)d.") % {"name": person.list_name, "line": line},
            _("Keep one of the two lines; two persons of the same name need different numbers."),
            "family_name",
        )


def tell_name_alone(record: Record, person: Person) -> None:
    """Tell that a person was recognised by name, without a number or a date of birth that confirms it."""
    record.warn(
        _("Taken for %(name)s, known by that name alone.") % {"name": person.full_name},
        _("If it is somebody else, add a number or a date of birth to the file."),
        "family_name",
    )


def same_name_kept_apart(
    intake: Intake, record: Record, system: str, value: str, born_on: date | None, name: tuple[str, str]
) -> None:
    """Tell when a new person has the name and birthday of one who has another number."""
    if not (value and born_on):
        return
    for other in intake.people.named(*name):
        theirs = intake.people.number_of(other, system)
        if other.pk and theirs and theirs != value and other.born_on == born_on:
            record.warn(
                _("There is already a %(name)s born that day, under number %(number)s.")
                % {"name": other.list_name, "number": theirs},
                _("If it is the same person, give the line that number."),
                "external_id",
            )

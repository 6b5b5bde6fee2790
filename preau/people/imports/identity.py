"""Who a row speaks of, and what it may change about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from preau.kit.imports.agreement import Agreement
from preau.kit.imports.changes import changed
from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.kit.imports.values import Wrong, bare
from preau.kit.imports.work import Import, Origins
from preau.kit.tables import plain
from preau.people.actions.many import Correction, change_many, note_numbers, record_many
from preau.people.models import Person, name_for_sorting

from .register import Entry, Register
from .values import FullName

WAYS_TO_REACH = ("email", "phone", "mobile")
NAMES = ("family_name", "given_name", "full_name")
MOST_EXAMPLES = 3


def name_in(record: Record, prefix: str = "") -> tuple[str, str]:
    """Return family and given name as the row gives them, in two columns or in one."""
    family, given = record[f"{prefix}family_name"] or "", record[f"{prefix}given_name"] or ""
    if "," in family and not given:
        family, given = (part.strip() for part in family.split(",", 1))
    if not family and (both := record[f"{prefix}full_name"]):
        family, given = (_before(both, given), given) if given else (both.family, both.given)
    return family[:100], given[:100]


def _before(both: FullName, given: str) -> str:
    """Return the family name of a cell that holds both, or the family name alone; no other word is lost."""
    return both.family if plain(both.given) == plain(given) else f"{both.family} {both.given}".strip()


def too_empty(record: Record) -> bool:
    """Say whether a line is too empty to be a person: a name, and nothing else."""
    family, given = name_in(record)
    told = [given, *(value for name, value in record.values.items() if name not in NAMES)]
    return bool(family) and not record.wrongs and not any(told)


def tell_too_empty(record: Record) -> None:
    """Tell that a line is left out, because it is too empty to be a person."""
    record.warn(
        _("The line holds a name and nothing else: it is left out."),
        _("If it is a person, add the given name, the number or the class."),
        "family_name",
    )


def tell_two_names(record: Record) -> None:
    """Tell when two columns of a line call somebody differently."""
    both, family = record["full_name"], record["family_name"]
    words = {*name_for_sorting(family or "", record["given_name"] or "").split()}
    if both is None or not family or words & set(name_for_sorting(both.family, both.given).split()):
        return
    record.warn(
        _("One column says %(one)s, another %(other)s: the first is taken.")
        % {"one": " ".join(name_in(record)).strip(), "other": f"{both.family} {both.given}".strip()},
        _("Correct one of the two."),
        "full_name",
    )


def subject_of(record: Record) -> str:
    """Return how the report calls whoever a row is about, before they are recognised."""
    return ", ".join(part for part in name_in(record) if part)


def origin_key(number: str, name: tuple[str, str], born_on: date | None) -> str:
    """Return what a source calls a person: the number, else the name with the date of birth."""
    return f"#{bare(number)}" if number else f"{plain(name[0])}|{plain(name[1])}|{born_on or ''}"


@dataclass
class Persons:
    """The persons one file brings or changes: compared first, then written all at once."""

    work: Import
    register: Register
    on: date
    _new: list[Entry] = field(default_factory=list)
    _numbers: list[tuple[Entry, str, str]] = field(default_factory=list)
    _facts: dict[Entry, dict[str, Any]] = field(default_factory=dict)
    _guessed: list[str] = field(default_factory=list)
    agreement: Agreement = field(default_factory=Agreement)

    def record(self, facts: Mapping[str, Any]) -> Entry:
        """Plan to record somebody the school does not know."""
        entry = self.register.add(Person(**{name: fact for name, fact in facts.items() if fact}))
        self._new.append(entry)
        return entry

    def number(self, record: Record, entry: Entry, system: str, value: str) -> None:
        """Plan to note the number another system gives a person, if it is not known yet."""
        if not value or bare(entry.numbers.get(system, "")) == bare(value):
            return
        self._numbers.append((entry, system, value))
        self.register.note_number(entry, system, value)
        if not record.is_new:
            record.changes.append(Change(_("Number (%(system)s)") % {"system": system}, "", value))

    def update(self, record: Record, entry: Entry, facts: Mapping[str, Any], *, about: str = "") -> None:
        """
        Plan to change what a row says of a person; a blank cell changes nothing.

        How to reach somebody with more rights than the person who imports is not changed: whoever can write
        the head's address could take the head's place.
        """
        facts = {name: value for name, value in facts.items() if value not in (None, "")}
        if self._stands_above(entry):
            kept = [
                name for name in WAYS_TO_REACH if facts.get(name, "") not in ("", getattr(entry.person, name))
            ]
            for name in kept:
                del facts[name]
            if kept:
                record.warn(
                    _("%(name)s holds a function: address and phone are not changed by a file.")
                    % {"name": entry.person.full_name},
                    _("Change them on the person's page."),
                )
        different, changes = changed(entry.person, facts)
        for name, value in different.items():
            setattr(entry.person, name, value)
        if different and not entry.is_new:
            self._facts.setdefault(entry, {}).update(different)
        for change in changes:
            label = f"{about}: {change.label}" if about else change.label
            record.changes.append(Change(label, change.old, change.new))

    def tell_both_parts(
        self, record: Record, person: Person, told: FullName | None, *, prefix: str = ""
    ) -> None:
        """Show family and given name apart where one cell held both and did not say where the one ends."""
        if told is None or told.is_told or record[f"{prefix}family_name"] or record[f"{prefix}given_name"]:
            return
        guess = f"{person.family_name} | {person.given_name}"
        if guess not in self._guessed:
            self._guessed.append(guess)
        if record.is_new and not prefix:
            record.changes[:0] = [
                Change(_("Family name"), "", person.family_name),
                Change(_("Given name"), "", person.given_name),
            ]

    @cached_property
    def duties(self) -> dict[int, set[str]]:
        return self.register.duties(self.on)

    def _stands_above(self, entry: Entry) -> bool:
        """Say whether a person holds a duty that the person who imports does not."""
        held = self.duties.get(entry.person.pk or 0, set())
        mine = set(self.work.by.duties_in_force) if self.work.by else set()
        return bool(held - mine)

    def write(self) -> None:
        """Write them all; from then on each has a key."""
        by, at = self.work.by, self.work.at
        record_many(persons=[entry.person for entry in self._new], by=by, at=at)
        note_numbers(
            numbers=[(entry.person, system, value) for entry, system, value in self._numbers], by=by, at=at
        )
        corrections = [Correction(entry.person, facts) for entry, facts in self._facts.items()]
        change_many(corrections=corrections, by=by, at=at)
        self._new, self._numbers, self._facts = [], [], {}

    def tell_what_was_guessed(self) -> None:
        """Say once for the whole file what was taken for the same, and which names were cut in two."""
        alike = self.register.written_otherwise
        if alike:
            examples = "; ".join(f"{one} = {other}" for one, other in list(alike.items())[:MOST_EXAMPLES])
            self.work.report.note(
                _(
                    "%(count)d numbers are written otherwise than before, and taken for the same: "
                    "%(examples)s."
                )
                % {"count": len(alike), "examples": examples}
            )
        if self._guessed:
            self.work.report.note(
                _(
                    "%(count)d names stand in one cell that does not say where the family name ends. They "
                    "are taken like this: %(examples)s. If that is wrong, put the two names in two columns, "
                    "or a comma between them."
                )
                % {"count": len(self._guessed), "examples": "; ".join(self._guessed[:MOST_EXAMPLES])}
            )


def recognised(
    register: Register,
    origins: Origins,
    *,
    system: str,
    number: str,
    name: tuple[str, str],
    born_on: date | None,
) -> tuple[Entry | None, bool]:
    """
    Return the person a row speaks of, known or brought by an earlier line, and whether only the name says so.

    By number; else whom the source brought under this name before; else by name.

    :raises Wrong: when several persons might be meant, or the number is one person's and the name another's
    """
    brought = register.by_pk.get(origins.record_id(origin_key(number, name, born_on)) or 0)
    if brought is not None and not number:
        return brought, False
    entry, by_name_alone = register.recognise(
        system=system, number=number, family_name=name[0], given_name=name[1], born_on=born_on
    )
    if brought is not None and (entry is None or by_name_alone):
        return brought, False
    return entry, by_name_alone


def once_only(entry: Entry, record: Record) -> None:
    """Refuse a person who stands on two lines of the file."""
    if entry.line is None:
        entry.line = record.line
    if entry.line != record.line:
        raise Wrong(
            _("%(name)s already stands on line %(line)d.")
            % {"name": entry.person.list_name, "line": entry.line},
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
    register: Register, record: Record, system: str, value: str, born_on: date | None, name: tuple[str, str]
) -> None:
    """Tell when a new person has the name and birthday of one who has another number."""
    if not (value and born_on):
        return
    for other in register.named(*name):
        theirs = other.numbers.get(system, "")
        if not other.is_new and theirs and bare(theirs) != bare(value) and other.person.born_on == born_on:
            record.warn(
                _("There is already a %(name)s born that day, under number %(number)s.")
                % {"name": other.person.list_name, "number": theirs},
                _("If it is the same person, give the line that number."),
                "external_id",
            )

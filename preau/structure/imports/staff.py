"""Those who work in the school. A file gives nobody rights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from preau.kit.imports.records import Record
from preau.kit.imports.values import Wrong
from preau.kit.imports.work import Gone, Import
from preau.kit.tables import plain
from preau.people.imports.identity import (
    Persons,
    name_in,
    once_only,
    origin_key,
    recognised,
    same_name_kept_apart,
    subject_of,
    tell_name_alone,
    tell_too_empty,
    tell_two_names,
    too_empty,
)
from preau.people.imports.register import Entry, Register
from preau.people.models import Duty
from preau.structure.actions.many import end_assignments
from preau.structure.models import SchoolYear

from .register import Structure

STAFF_NUMBERS = "acronym"
"""The system of the numbers by which files name teachers, whatever numbers they give to pupils."""
FACTS = ("preferred_name", "gender", "born_on", "language", "email", "phone", "mobile")
DUTIES = {
    Duty.Kind.HEAD: "directeur directrice direction préfet préfète head principal directie",
    Duty.Kind.DEPUTY: "directeur-adjoint directrice-adjointe proviseur deputy adjunct",
    Duty.Kind.COORDINATOR: "coordinateur coordinatrice coordinator coördinator",
    Duty.Kind.EDUCATOR: "éducateur éducatrice surveillant educator opvoeder",
    Duty.Kind.SECRETARY: "secrétaire secrétariat secretary secretaris",
    Duty.Kind.GUIDANCE: "cpms pms clb",
    Duty.Kind.ADMINISTRATOR: "administrateur administratrice administrator siteadministrator",
}
KNOWN_DUTIES = {plain(word): duty for duty, all_words in DUTIES.items() for word in all_words.split()}


def bring_staff(
    work: Import, records: Sequence[Record], *, year: SchoolYear | None = None, numbers: str = STAFF_NUMBERS
) -> None:
    """
    Bring the staff of a file in.

    :param numbers: the system of the numbers by which the file names them
    """
    Staff(work, Structure(work, year), numbers).bring(records)


class Staff:
    """One reading of a file of staff."""

    def __init__(self, work: Import, structure: Structure, numbers: str) -> None:
        self.work, self.structure, self.numbers = work, structure, numbers
        self.register = Register()
        self.persons = Persons(work, self.register, structure.today)
        self.origins = work.origins("staff")

    def bring(self, records: Sequence[Record]) -> None:
        """Compare the staff with those the school knows, write what differs, tell it."""
        keys: list[tuple[str, Entry]] = []
        for record in records:
            record.subject = subject_of(record)
            if too_empty(record):
                tell_too_empty(record)
                continue
            if record.wrongs:
                continue
            with self.work.looking_at(record):
                key, entry = self._recognised(record)
                once_only(entry, record)
                keys.append((key, entry))
                self.persons.number(record, entry, self.numbers, record["external_id"] or "")
                self._look_at_duty(record, entry)
                self.persons.tell_both_parts(record, entry.person, record["full_name"])
                tell_two_names(record)
                record.subject = entry.person.list_name
        self.persons.write()
        for key, entry in keys:
            self.origins.see(key, entry.person.pk)
        self.work.tell(records)
        self.persons.tell_what_was_guessed()
        self.work.tell_gone(self.origins, _("members of staff"), among=self._still_teaching, end=self._end)

    def _recognised(self, record: Record) -> tuple[str, Entry]:
        name, born_on, number = name_in(record), record["born_on"], record["external_id"] or ""
        if not name[0] and not (number and self.register.numbered(self.numbers, number)):
            raise Wrong(_("The family name is missing."), _("Write it, or remove the line."), "family_name")
        key = origin_key(number, name, born_on)
        entry = self._known(record, name, number)
        facts: dict[str, Any] = {fact: record[fact] for fact in FACTS}
        facts |= {"family_name": name[0], "given_name": name[1]}
        if entry is None:
            same_name_kept_apart(self.register, record, self.numbers, number, born_on, name)
            record.is_new = True
            return key, self.persons.record(facts)
        self.persons.update(record, entry, facts)
        return key, entry

    def _known(self, record: Record, name: tuple[str, str], number: str) -> Entry | None:
        entry, by_name_alone = recognised(
            self.register,
            self.origins,
            system=self.numbers,
            number=number,
            name=name,
            born_on=record["born_on"],
        )
        if entry is None or entry.is_new:
            return entry
        is_pupil = entry.person.pk in self.structure.pupils
        if is_pupil and not number:
            raise Wrong(
                _("%(name)s is known as a pupil.") % {"name": entry.person.list_name},
                _("Give the line a number, so that the two are told apart."),
                "family_name",
            )
        if by_name_alone and is_pupil:
            return None  # A pupil of the same name: somebody else.
        if by_name_alone:
            tell_name_alone(record, entry.person)
        return entry

    def _look_at_duty(self, record: Record, entry: Entry) -> None:
        """Tell which function a file names without giving it: what people may read follows from it."""
        duty = KNOWN_DUTIES.get(plain(record["duty"] or ""))
        if duty and duty not in self.persons.duties.get(entry.person.pk or 0, set()):
            record.warn(
                _("The file says that %(name)s is %(duty)s. A file gives nobody a function.")
                % {"name": entry.person.full_name, "duty": duty.label},
                _("Give it on the person's page, if it is right."),
                "duty",
            )

    def _still_teaching(self, keys: list[int]) -> list[Gone]:
        """Return, of those the source no longer names, the teachers who still have groups."""
        wanted = set(keys)
        going_on = {
            teacher
            for (teacher, _group), ties in self.structure.assignments.items()
            if teacher in wanted and any(self.structure.goes_on(tie) for tie in ties)
        }
        return [Gone(self.register.by_pk[key].person.list_name, key) for key in keys if key in going_on]

    def _end(self, gone: list[Gone]) -> None:
        teachers = {one.record_id for one in gone}
        keys = [
            tie.pk
            for (teacher, _group), ties in self.structure.assignments.items()
            for tie in ties
            if teacher in teachers and self.structure.goes_on(tie)
        ]
        end_assignments(keys=keys, on=self.structure.today, by=self.work.by, at=self.work.at)

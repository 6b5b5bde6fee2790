"""Pupils, their class and their family."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.kit.imports.values import Wrong
from preau.kit.imports.work import Gone, Import
from preau.kit.tables import plain
from preau.people.imports.families import Families
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
from preau.people.own_ties import refuse_own_tie
from preau.structure.actions.many import Placement, end_enrolments, place_many
from preau.structure.models import ClassGroup, SchoolYear

from .moves import Moves
from .register import LONGEST_CLASS_NAME, Structure, names_a_level

FACTS = ("preferred_name", "gender", "language", "email", "phone", "mobile")
YEAR_OF_STUDY = re.compile(r"([1-7])(?!\d)")
AGES = range(3, 100)
ONE_YEAR, TWO_YEARS = 366, 731
"""An age is told on a day we do not know: one year later or earlier it may be right."""


def bring_pupils(
    work: Import, records: Sequence[Record], *, year: SchoolYear | None = None, tells_courses: bool = False
) -> None:
    """
    Bring the pupils of a file in, with their class and the adults who answer for them.

    :param tells_courses: whether the file itself says who follows what: then no courses are proposed
    """
    Pupils(work, Structure(work, year), tells_courses).bring(records)


class Pupils:
    """One reading of a file of pupils."""

    def __init__(self, work: Import, structure: Structure, tells_courses: bool) -> None:
        self.work, self.structure = work, structure
        self.register = Register()
        self.register.load_families()
        self.persons = Persons(work, self.register, structure.today)
        self.families = Families(self.persons, structure.pupils)
        self.moves = Moves(structure, are_told=not tells_courses)
        self.origins = work.origins("people")
        self._had_classes = bool(structure.classes)
        self._keys: list[tuple[str, Entry]] = []
        self._places: list[tuple[Entry, ClassGroup, date]] = []

    def bring(self, records: Sequence[Record]) -> None:
        """Compare the pupils with those the school knows, write what differs, tell it."""
        pupils = list(self._recognise_all(records))
        newcomers = sum(not self._enrolments(pupil) for _record, pupil in pupils)
        start = self.structure.start_for(newcomers, len(pupils))
        for record, pupil in pupils:
            with self.work.looking_at(record):
                self._describe(record, pupil)
                self._enrol(record, pupil, start)
                self.families.compare(record, pupil)
        self._write()
        self.work.tell(records)
        if newcomers:
            self.work.report.note(
                _("New pupils are in their class from %(day)s, unless the file says another day.")
                % {"day": start.strftime("%d/%m/%Y")}
            )
        self.persons.tell_what_was_guessed()
        self.structure.tell_what_is_made()
        self.work.tell_gone(self.origins, _("pupils"), among=self._still_here, end=self._end)

    def _recognise_all(self, records: Sequence[Record]) -> list[tuple[Record, Entry]]:
        pupils: list[tuple[Record, Entry]] = []
        for record in records:
            record.subject = subject_of(record)
            if too_empty(record):
                tell_too_empty(record)
            elif not record.wrongs:
                with self.work.looking_at(record):
                    pupils.append((record, self._recognised(record)))
        return pupils

    def _write(self) -> None:
        self.persons.write()
        self.structure.write()
        self.moves.plan()
        placements = [Placement(entry.person, group, day) for entry, group, day in self._places]
        place_many(placements=placements, by=self.work.by, at=self.work.at)
        self.moves.settle()
        self.families.write()
        for key, entry in self._keys:
            self.origins.see(key, entry.person.pk)

    def _recognised(self, record: Record) -> Entry:
        name, born_on = name_in(record), self._born_on(record)
        number, system = record["external_id"] or "", self.work.source
        if not name[0] and not (number and self.register.numbered(system, number)):
            raise Wrong(_("The family name is missing."), _("Write it, or remove the line."), "family_name")
        key = origin_key(number, name, born_on)
        pupil = self._known(record, number, name, born_on)
        if pupil is None:
            same_name_kept_apart(self.register, record, system, number, born_on, name)
            record.is_new = True
            pupil = self.persons.record({"family_name": name[0], "given_name": name[1]})
        once_only(pupil, record)
        self._keys.append((key, pupil))
        self.persons.number(record, pupil, system, number)
        return pupil

    def _known(
        self, record: Record, number: str, name: tuple[str, str], born_on: date | None
    ) -> Entry | None:
        pupil, by_name_alone = recognised(
            self.register, self.origins, system=self.work.source, number=number, name=name, born_on=born_on
        )
        if pupil is None or not by_name_alone or pupil.is_new:
            return pupil
        if pupil.person.pk not in self.structure.pupils:
            return None  # A parent or a teacher of the same name: somebody else.
        tell_name_alone(record, pupil.person)
        return pupil

    def _born_on(self, record: Record) -> date | None:
        """Return the date of birth; of an age, the day that makes it so on the first day of the year."""
        born_on: date | None = record["born_on"]
        age: int | None = record["age"]
        if age is None:
            return born_on
        if age not in AGES:
            raise Wrong(
                _("%(age)d is no age of a pupil.") % {"age": age}, _("Write it in years, like 14."), "age"
            )
        first = self.structure.year.starts_on
        of_that_age = date(first.year - age, first.month, min(first.day, 28))
        if born_on and not -TWO_YEARS < (born_on - of_that_age).days <= ONE_YEAR:
            raise Wrong(
                _("Who is born on %(day)s is not %(age)d years old.")
                % {"day": born_on.strftime("%d/%m/%Y"), "age": age},
                _("Correct one of the two."),
                "age",
            )
        return born_on or of_that_age

    def _describe(self, record: Record, pupil: Entry) -> None:
        family, given = name_in(record)
        facts: dict[str, Any] = {name: record[name] for name in FACTS}
        facts |= {"family_name": family, "given_name": given, "born_on": self._born_on(record)}
        if record.is_new:
            for name, value in facts.items():
                if value:
                    setattr(pupil.person, name, value)
        else:
            self.persons.update(record, pupil, facts)
        self.persons.tell_both_parts(record, pupil.person, record["full_name"])
        tell_two_names(record)
        record.subject = pupil.person.list_name

    def _enrolments(self, pupil: Entry) -> list[Any]:
        return self.structure.enrolments_this_year(pupil.person.pk)

    def _enrol(self, record: Record, pupil: Entry, start: date) -> None:
        group = self._class(record)
        if group is None:
            return
        current = self._enrolments(pupil)
        if group.pk is not None and any(tie.class_group_id == group.pk for tie in current):
            return
        if not pupil.is_new:  # A new pupil may bear the name of whoever brings the file.
            refuse_own_tie(self.work.by, pupil.person)
        day = self._first_day(record, self.structure.today if current else start)
        self._places.append((pupil, group, day))
        self.moves.note(record, pupil, group, day)
        before = ", ".join(tie.class_group.name for tie in current)
        record.changes.append(Change(_("Class"), before, group.name))

    def _first_day(self, record: Record, usual: date) -> date:
        year = self.structure.year
        told: date | None = record["starts_on"]
        if told is None or told < year.starts_on:
            return usual if told is None else year.starts_on
        if told >= year.ends_on:
            raise Wrong(
                _("%(day)s is after the school year %(year)s.")
                % {"day": told.strftime("%d/%m/%Y"), "year": year.name},
                _("Correct the day, or leave the cell empty."),
                "starts_on",
            )
        return told

    def _class(self, record: Record) -> ClassGroup | None:
        """Return the class the row names, planned when the school has none of that name."""
        name, level = record["class_name"], record["year_level"] or ""
        if not name:
            return None
        structure = self.structure
        if level and not any(sign.isdigit() for sign in name):
            name = f"{''.join(level.split())}{name}"
        name = name[:LONGEST_CLASS_NAME]
        if group := structure.classes.get(plain(name)):
            _tell_another_year(record, group, level)
            return group
        by_name = None if names_a_level(level) else structure.level_for(name)
        found = by_name or (structure.level_coded(level) if level else None)
        if found is None and self.work.makes_missing:
            found = structure.several_years()
        if found is None:
            raise Wrong(
                _("The year of study of class %(name)s cannot be told from its name.") % {"name": name},
                _("Add a column with the year of study, like 4 or 1C."),
                "class_name",
            )
        if self._had_classes:
            record.warn(
                _("There is no class %(name)s yet: it is made.") % {"name": name},
                _("If it is a slip, correct the name."),
                "class_name",
            )
        return structure.new_class(name, found)

    def _still_here(self, keys: list[int]) -> list[Gone]:
        """Return, of the pupils the source no longer names, those who are in a class of this year."""
        gone = []
        for key in keys:
            current = self.structure.enrolments_this_year(key)
            if key in self.register.by_pk and current:
                changes = [Change(_("Class"), ", ".join(tie.class_group.name for tie in current), "")]
                gone.append(Gone(self.register.by_pk[key].person.list_name, key, changes))
        return gone

    def _end(self, gone: list[Gone]) -> None:
        keys = [one.record_id for one in gone]
        end_enrolments(pupils=keys, on=self.structure.today, by=self.work.by, at=self.work.at)


def _tell_another_year(record: Record, group: ClassGroup, level: str) -> None:
    """Tell when a line puts a pupil in a class of another year of study than it says."""
    told, known = YEAR_OF_STUDY.match(level), YEAR_OF_STUDY.match(group.year_level.code)
    if told and known and told[1] != known[1]:
        record.warn(
            _("%(class)s is a class of year %(known)s, the line says year %(told)s: the class is taken.")
            % {"class": group.name, "known": group.year_level.code, "told": level},
            _("Correct one of the two."),
            "year_level",
        )

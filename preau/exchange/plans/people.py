"""Pupils, their class and their family."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from preau.exchange.intake import Intake
from preau.exchange.registers import People
from preau.exchange.registers.structure import LONGEST_CLASS_NAME
from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.kit.imports.values import Wrong
from preau.kit.tables import plain
from preau.people.models import Person
from preau.structure.models import ClassGroup, Enrolment

from .families import Families
from .gone import Going, tell_gone
from .identity import name_in, number, once_only, same_name_kept_apart, tell_name_alone, update

FACTS = ("preferred_name", "gender", "language", "email", "phone", "mobile")
AGES = range(3, 100)


def plan_people(intake: Intake, records: Sequence[Record]) -> None:
    """Compare the pupils of a file with those the school knows."""
    Pupils(intake).plan(records)


class Pupils:
    """One reading of a file of pupils."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.people: People = intake.people
        self.families = Families(intake)
        self.origins = intake.origins("people")
        self._seen: dict[int, int] = {}

    def plan(self, records: Sequence[Record]) -> None:
        pupils: list[tuple[Record, Person]] = []
        for record in records:
            record.subject = ", ".join(part for part in name_in(record) if part)
            if not record.wrongs:
                with self.intake.looking_at(record):
                    pupils.append((record, self._recognised(record)))
        newcomers = sum(not self._enrolments(pupil) for _record, pupil in pupils)
        start = self.intake.start_for(newcomers, len(pupils))
        for record, pupil in pupils:
            with self.intake.looking_at(record):
                self._describe(record, pupil)
                self._enrol(record, pupil, start)
                self.families.plan(record, pupil)
        self.intake.tell(records)
        if newcomers:
            self.intake.report.note(
                _("New pupils are in their class from %(day)s, unless the file says another day.")
                % {"day": start.strftime("%d/%m/%Y")}
            )
        tell_gone(self.intake, self.origins, _("pupils"), self._still_there)

    def _recognised(self, record: Record) -> Person:
        family, given = name_in(record)
        value, born_on = record["external_id"] or "", self._born_on(record)
        if not family and not (value and self.people.numbered(self.intake.source, value)):
            raise Wrong(_("The family name is missing."), _("Write it, or remove the line."), "family_name")
        key = _key(value, family, given, born_on)
        brought = self.people.by_pk.get(self.origins.record_id(key) or 0)
        pupil = brought or self._known(record, value, (family, given), born_on)
        if pupil is None:
            same_name_kept_apart(self.intake, record, self.intake.source, value, born_on, (family, given))
            pupil = self._new(record, family, given)
        once_only(self._seen, pupil, record)
        self.origins.see(key, pupil)
        number(self.intake, record, pupil, self.intake.source, value, silent=record.is_new)
        return pupil

    def _known(
        self, record: Record, value: str, name: tuple[str, str], born_on: date | None
    ) -> Person | None:
        pupil, by_name_alone = self.people.recognise(
            system=self.intake.source, number=value, family_name=name[0], given_name=name[1], born_on=born_on
        )
        if pupil is None or not by_name_alone or pupil.pk is None:
            return pupil
        if pupil.pk not in self.people.pupils:
            return None  # A parent or a teacher of the same name: somebody else.
        tell_name_alone(record, pupil)
        return pupil

    def _new(self, record: Record, family: str, given: str) -> Person:
        record.is_new = True
        return self.people.add(self.intake.draft.add(Person(family_name=family, given_name=given)))

    def _born_on(self, record: Record) -> date | None:
        """Return the date of birth; of an age, the day that makes it so on the first day of the year."""
        age = record["age"]
        if record["born_on"] or age is None:
            return record["born_on"]  # type: ignore[no-any-return]
        if age not in AGES:
            raise Wrong(
                _("%(age)d is no age of a pupil.") % {"age": age}, _("Write it in years, like 14."), "age"
            )
        first = self.intake.year.starts_on
        return date(first.year - age, first.month, min(first.day, 28))

    def _describe(self, record: Record, pupil: Person) -> None:
        family, given = name_in(record)
        facts: dict[str, object] = {name: record[name] for name in FACTS}
        facts |= {"family_name": family, "given_name": given, "born_on": self._born_on(record)}
        if record.is_new:
            for name, value in facts.items():
                if value:
                    setattr(pupil, name, value)
        else:
            update(self.intake, record, pupil, facts)
        record.subject = pupil.list_name

    def _enrolments(self, pupil: Person) -> list[Enrolment]:
        """Return the enrolments of this year that go on."""
        return [it for it in self.people.enrolments[id(pupil)] if self._is_of_this_year(it)]

    def _is_of_this_year(self, enrolment: Enrolment) -> bool:
        return enrolment.class_group.school_year_id == self.intake.year.pk

    def _enrol(self, record: Record, pupil: Person, start: date) -> None:
        group = self._class(record)
        if group is None:
            return
        current = self._enrolments(pupil)
        if any(it.class_group is group or (group.pk and it.class_group_id == group.pk) for it in current):
            return
        day = self._first_day(record, self.intake.today if current else start)
        before = ", ".join(it.class_group.name for it in current)
        for enrolment in self.people.enrolments[id(pupil)]:
            self.intake.draft.end(enrolment, day)
        added = self.intake.draft.add(Enrolment(pupil=pupil, class_group=group, starts_on=day))
        self.people.enrolments[id(pupil)] = [added]
        record.changes.append(Change(_("Class"), before, group.name))

    def _first_day(self, record: Record, usual: date) -> date:
        year, told = self.intake.year, record["starts_on"]
        if told is None or told < year.starts_on:
            return usual if told is None else year.starts_on
        if told >= year.ends_on:
            raise Wrong(
                _("%(day)s is after the school year %(year)s.")
                % {"day": told.strftime("%d/%m/%Y"), "year": year.name},
                _("Correct the day, or leave the cell empty."),
                "starts_on",
            )
        return told  # type: ignore[no-any-return]

    def _class(self, record: Record) -> ClassGroup | None:
        """Return the class the row names, drafted when the school has none of that name."""
        name, level = record["class_name"], record["year_level"] or ""
        if not name:
            return None
        structure = self.intake.structure
        if level and not any(sign.isdigit() for sign in name):
            name = f"{''.join(level.split())}{name}"
        name = name[:LONGEST_CLASS_NAME]
        if group := structure.classes.get(plain(name)):
            return group
        found = structure.level_for(name) or (structure.level_coded(level) if level else None)
        if found is None and self.intake.create_missing:
            found = structure.several_years()
        if found is None:
            raise Wrong(
                _("The year of study of class %(name)s cannot be told from its name.") % {"name": name},
                _("Add a column with the year of study, like 4 or 1C."),
                "class_name",
            )
        return structure.new_class(name, found)

    def _still_there(self, keys: list[int]) -> list[Going]:
        """Return, of the pupils the source no longer names, those who are in a class of this year."""
        going = []
        for pupil in (self.people.by_pk.get(key) for key in keys):
            current = self._enrolments(pupil) if pupil else []
            if pupil and current:
                changes = [Change(_("Class"), ", ".join(it.class_group.name for it in current), "")]
                going.append(Going(pupil.list_name, [*current, *self._memberships(pupil)], changes))
        return going

    def _memberships(self, pupil: Person) -> list[object]:
        ties = self.intake.structure.memberships_by_pupil.get(pupil.pk, [])
        return [tie for tie in ties if tie.ends_on is None or tie.ends_on > self.intake.today]


def _key(value: str, family: str, given: str, born_on: date | None) -> str:
    return f"#{value}" if value else f"{plain(family)}|{plain(given)}|{born_on or ''}"

"""Everyone the school knows, found by number or by name, and everyone a file brings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from preau.kit.imports.values import Wrong, bare
from preau.people.models import Duty, ExternalId, Household, Person, Relationship, Residence, name_for_sorting
from preau.people.ties import in_force

Address = tuple[str, str, str]


@dataclass(eq=False, slots=True)
class Guardianship:
    """An adult who answers for a pupil, known or about to be."""

    guardian: Entry
    kind: str
    tie: Relationship | None = None


@dataclass(eq=False, slots=True)
class Home:
    """Where somebody lives, known or about to be."""

    address: Address
    is_main: bool
    household_id: int | None = None

    def __str__(self) -> str:
        street, postcode, city = self.address
        return f"{street}, {postcode} {city}".strip(", ")


@dataclass(eq=False, slots=True)
class Entry:
    """Somebody in the register: one of them for each person, written already or only brought by the file."""

    person: Person
    numbers: dict[str, str] = field(default_factory=dict)
    """The number each system gives the person."""
    guardians: list[Guardianship] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    line: int | None = None
    """The line of the file that is about this person."""

    @property
    def is_new(self) -> bool:
        return self.person.pk is None

    def lives_at(self, address: Address) -> bool:
        key = address_key(address)
        return any(address_key(home.address) == key for home in self.homes)


class Register:
    """Persons known and persons brought. Numbers are compared bare: `0091012` and `91012` are one."""

    def __init__(self) -> None:
        self.by_pk: dict[int, Entry] = {person.pk: Entry(person) for person in Person.objects.all()}
        self._by_number: dict[tuple[str, str], Entry] = {}
        self._by_value: defaultdict[str, list[Entry]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Entry]] = defaultdict(list)
        self.written_otherwise: dict[str, str] = {}
        """Numbers of the file that were taken for one written otherwise."""
        for entry in self.by_pk.values():
            self._by_name[entry.person.sort_name].append(entry)
        for pk, system, value in ExternalId.objects.values_list("person", "system", "value"):
            self.note_number(self.by_pk[pk], system, value)

    def add(self, person: Person) -> Entry:
        """Take in a person the school does not know yet."""
        person.set_sort_name()
        entry = Entry(person)
        self._by_name[person.sort_name].append(entry)
        return entry

    def note_number(self, entry: Entry, system: str, value: str) -> None:
        self._by_number.setdefault((system, bare(value)), entry)
        self._by_value[bare(value)].append(entry)
        entry.numbers[system] = value

    def numbered(self, system: str, value: str) -> Entry | None:
        entry = self._by_number.get((system, bare(value)))
        if entry and (known := entry.numbers.get(system, value)) != value:
            self.written_otherwise[value] = known
        return entry

    def numbered_anywhere(self, value: str) -> Entry | None:
        """Return who has this number in any system, if it is one person."""
        found = list(dict.fromkeys(self._by_value.get(bare(value), ())))
        return found[0] if len(found) == 1 else None

    def named(self, family_name: str, given_name: str) -> list[Entry]:
        return self._by_name.get(name_for_sorting(family_name, given_name)[:220], [])

    def recognise(
        self, *, system: str, number: str, family_name: str, given_name: str, born_on: date | None
    ) -> tuple[Entry | None, bool]:
        """
        Return the person a row speaks of, and whether only the name says so.

        By number, else by name and date of birth; of several persons who might be meant none is guessed.

        :raises Wrong: when several might be meant, or the number is one person's and the name another's
        """
        if number and (entry := self.numbered(system, number)):
            self._refuse_somebody_elses_name(entry, system, number, (family_name, given_name), born_on)
            return entry, False
        alike = [
            entry
            for entry in self.named(family_name, given_name)
            if not (born_on and entry.person.born_on and entry.person.born_on != born_on)
            and not (number and system in entry.numbers)
        ]
        certain = [entry for entry in alike if born_on and entry.person.born_on == born_on]
        found = certain or alike
        if len(found) > 1:
            raise several(found)
        return (found[0], not certain) if found else (None, False)

    def _refuse_somebody_elses_name(
        self, entry: Entry, system: str, number: str, name: tuple[str, str], born_on: date | None
    ) -> None:
        namesakes = self.named(*name)
        if not any(name) or entry in namesakes:
            return
        for other in namesakes:
            same_day = born_on is not None and other.person.born_on == born_on != entry.person.born_on
            if same_day or system in other.numbers:
                raise two_persons(number, entry.person, other.person, "external_id")

    # What not every kind needs.

    def load_families(self) -> None:
        """Read who answers for whom, and where everybody lives."""
        for tie in Relationship.objects.all():
            guardianship = Guardianship(self.by_pk[tie.guardian_id], tie.kind, tie)
            self.by_pk[tie.pupil_id].guardians.append(guardianship)
        households = {home.pk: home for home in Household.objects.all()}
        for residence in Residence.objects.all():
            household = households[residence.household_id]
            address = household.street, household.postcode, household.city
            home = Home(address, residence.is_main, household.pk)
            self.by_pk[residence.person_id].homes.append(home)

    def duties(self, on: date) -> dict[int, set[str]]:
        """Return the duties each person holds on a day."""
        held: defaultdict[int, set[str]] = defaultdict(set)
        for pk, kind in Duty.objects.filter(in_force(on)).values_list("person", "kind"):
            held[pk].add(kind)
        return held


def address_key(address: Address) -> Address:
    """Return an address as it is compared: without accents, case and signs."""
    street, postcode, city = address
    return name_for_sorting(street), name_for_sorting(postcode), name_for_sorting(city)


def several(found: Iterable[Entry]) -> Wrong:
    """Return what to say when a row may speak of several persons: who they are, how to tell them apart."""
    candidates = "; ".join(described(entry.person) for entry in list(found)[:5])
    return Wrong(
        _("Several persons may be meant: %(candidates)s.") % {"candidates": candidates},
        _("Add their number or their date of birth to the file."),
        "family_name",
    )


def two_persons(number: str, one: Person, other: Person, target: str) -> Wrong:
    """Return what to say of a line whose number is one person's and whose name is another's."""
    return Wrong(
        _("Number %(number)s is that of %(one)s, the name that of %(other)s.")
        % {"number": number, "one": one.list_name, "other": described(other)},
        _("Correct the number or the name: the line must speak of one person."),
        target,
    )


def described(person: Person) -> str:
    """Return a name with the date of birth, where it is known."""
    if person.born_on:
        born = person.born_on.strftime("%d/%m/%Y")
        return _("%(name)s, born on %(day)s") % {"name": person.list_name, "day": born}
    return person.list_name

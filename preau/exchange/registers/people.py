"""Everyone the school knows, found by number or by name."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from preau.kit.imports.values import Wrong
from preau.people.models import (
    Duty,
    ExternalId,
    Household,
    Person,
    Relationship,
    Residence,
    in_force,
    name_for_sorting,
)
from preau.structure.models import Enrolment


class People:
    """Persons known and persons drafted: one object for each."""

    def __init__(self, on: date) -> None:
        self._on = on
        self.by_pk: dict[int, Person] = {person.pk: person for person in Person.objects.all()}
        self._by_number: dict[tuple[str, str], Person] = {}
        self._by_value: defaultdict[str, list[Person]] = defaultdict(list)
        self._systems: defaultdict[int, dict[str, str]] = defaultdict(dict)
        self._by_name: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self.by_pk.values():
            self._by_name[person.sort_name].append(person)
        for pk, system, value in ExternalId.objects.values_list("person", "system", "value"):
            self.note_number(self.by_pk[pk], system, value)

    def add(self, person: Person) -> Person:
        """Take in a person who is drafted."""
        person.set_sort_name()
        self._by_name[person.sort_name].append(person)
        return person

    def note_number(self, person: Person, system: str, value: str) -> None:
        self._by_number[system, value] = person
        self._by_value[value].append(person)
        self._systems[id(person)][system] = value

    def number_of(self, person: Person, system: str) -> str:
        """Return the number a system gives this person, or nothing."""
        return self._systems[id(person)].get(system, "")

    def numbered(self, system: str, value: str) -> Person | None:
        return self._by_number.get((system, value))

    def numbered_anywhere(self, value: str) -> Person | None:
        """Return who has this number in any system, if it is one person."""
        found = {id(person): person for person in self._by_value.get(value, [])}
        return next(iter(found.values())) if len(found) == 1 else None

    def named(self, family_name: str, given_name: str) -> list[Person]:
        return self._by_name.get(name_for_sorting(family_name, given_name)[:220], [])

    def recognise(
        self, *, system: str, number: str, family_name: str, given_name: str, born_on: date | None
    ) -> tuple[Person | None, bool]:
        """
        Return the person a row speaks of, and whether only the name says so.

        By number, else by name and date of birth; of several persons who might be meant none is guessed.

        :raises Wrong: when several persons might be meant
        """
        if number and (person := self.numbered(system, number)):
            return person, False
        alike = [
            person
            for person in self.named(family_name, given_name)
            if not (born_on and person.born_on and person.born_on != born_on)
            and not (number and self.number_of(person, system))
        ]
        certain = [person for person in alike if born_on and person.born_on == born_on]
        found = certain or alike
        if len(found) > 1:
            raise several(found)
        return (found[0], not certain) if found else (None, False)

    # Loaded when first asked for: not every kind needs them.

    @cached_property
    def pupils(self) -> set[int]:
        """Return the keys of those who are or were enrolled."""
        return set(Enrolment.objects.values_list("pupil", flat=True))

    @cached_property
    def duties(self) -> dict[int, set[str]]:
        """Return the duties each person holds today."""
        held: defaultdict[int, set[str]] = defaultdict(set)
        for pk, kind in Duty.objects.filter(in_force(self._on)).values_list("person", "kind"):
            held[pk].add(kind)
        return held

    @cached_property
    def ties(self) -> dict[int, list[Relationship]]:
        """Return the relationships of each pupil, by the pupil's identity in memory."""
        ties: defaultdict[int, list[Relationship]] = defaultdict(list)
        for tie in Relationship.objects.all():
            tie.guardian = self.by_pk[tie.guardian_id]
            ties[id(self.by_pk[tie.pupil_id])].append(tie)
        return ties

    @cached_property
    def residences(self) -> dict[int, list[Residence]]:
        """Return where each person lives, by the person's identity in memory."""
        homes: defaultdict[int, list[Residence]] = defaultdict(list)
        for home in Residence.objects.all():
            home.household = self.household_by_pk[home.household_id]
            homes[id(self.by_pk[home.person_id])].append(home)
        return homes

    @cached_property
    def household_by_pk(self) -> dict[int, Household]:
        return {household.pk: household for household in Household.objects.all()}

    @cached_property
    def households(self) -> dict[tuple[str, str, str], Household]:
        """Return the households by their address, written plainly."""
        return {
            address_key(home.street, home.postcode, home.city): home for home in self.household_by_pk.values()
        }

    @cached_property
    def enrolments(self) -> dict[int, list[Enrolment]]:
        """Return the enrolments that go on today or later, by the pupil's identity in memory."""
        going_on: defaultdict[int, list[Enrolment]] = defaultdict(list)
        lasting = Enrolment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=self._on))
        for enrolment in lasting.select_related("class_group__year_level").order_by("starts_on"):
            going_on[id(self.by_pk[enrolment.pupil_id])].append(enrolment)
        return going_on


def address_key(street: str, postcode: str, city: str) -> tuple[str, str, str]:
    return name_for_sorting(street), name_for_sorting(postcode), name_for_sorting(city)


def several(found: list[Person]) -> Wrong:
    """Return what to say when a row may speak of several persons: who they are, how to tell them apart."""
    candidates = "; ".join(_described(person) for person in found[:5])
    return Wrong(
        _("Several persons may be meant: %(candidates)s.") % {"candidates": candidates},
        _("Add their number or their date of birth to the file."),
        "family_name",
    )


def _described(person: Person) -> str:
    if person.born_on:
        born = person.born_on.strftime("%d/%m/%Y")
        return _("%(name)s, born on %(day)s") % {"name": person.list_name, "day": born}
    return person.list_name

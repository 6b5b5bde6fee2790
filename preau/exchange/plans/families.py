"""The adults who answer for a pupil: who they are, how to reach them, where they live."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from preau.exchange.intake import Intake
from preau.exchange.registers.people import address_key
from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.people.models import Household, Person, Relationship, Residence, name_for_sorting

from .identity import name_in, update

Kind = Relationship.Kind
BLOCKS = (("mother", Kind.MOTHER), ("father", Kind.FATHER), ("guardian", Kind.GUARDIAN))
VAGUE = {Kind.GUARDIAN, Kind.OTHER}
REACH = ("phone", "mobile", "email", "language")
Address = tuple[str, str, str]


@dataclass
class Adult:
    """One block of the row: a name, a tie, ways to reach them, an address."""

    kind: str
    family_name: str
    given_name: str
    facts: dict[str, str]
    address: Address | None

    @property
    def sort_name(self) -> str:
        return name_for_sorting(self.family_name, self.given_name)


class Families:
    """The families of one file: brothers and sisters share their parents."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.people = intake.people

    def plan(self, record: Record, pupil: Person) -> None:
        """Tie the adults of a row to the pupil, and settle everybody where they live."""
        adults = list(self._adults(record))
        home = _address(record, "")
        if home is None:
            home = next((adult.address for adult in adults if adult.address), None)
        if home:
            self._settle(record, pupil, home, is_main=True)
        for adult in adults:
            guardian = self._guardian(record, pupil, adult)
            if adult.address:
                self._settle(record, guardian, adult.address, is_main=True, about=adult.kind)
                if home and address_key(*adult.address) != address_key(*home):
                    self._settle(record, pupil, adult.address, is_main=False)

    def _adults(self, record: Record) -> Iterator[Adult]:
        """Give the adults of a row; the person responsible is often the mother or the father again."""
        told: dict[str, Adult] = {}
        for block, kind in BLOCKS:
            prefix = f"{block}_"
            family, given = name_in(record, prefix)
            facts = {name: record[prefix + name] for name in REACH if record[prefix + name]}
            if not family and not given:
                if facts:
                    record.warn(
                        _("There is a phone or an e-mail but no name for: %(tie)s. They are left out.")
                        % {"tie": kind.label},
                        _("Add the name."),
                        f"{prefix}full_name",
                    )
                continue
            if block == "guardian" and record["guardian_kind"]:
                kind = Kind(record["guardian_kind"])
            adult = Adult(kind, family, given, facts, _address(record, prefix))
            if known := told.get(adult.sort_name):
                known.facts = {**adult.facts, **known.facts}
                known.address = known.address or adult.address
            else:
                told[adult.sort_name] = adult
        yield from told.values()

    def _guardian(self, record: Record, pupil: Person, adult: Adult) -> Person:
        ties = self.people.ties[id(pupil)]
        tie = next((tie for tie in ties if tie.guardian.sort_name == adult.sort_name), None)
        guardian = tie.guardian if tie else self._same_elsewhere(pupil, adult)
        label = str(Kind(adult.kind).label)
        if guardian is None:
            guardian = self.people.add(
                self.intake.draft.add(
                    Person(
                        family_name=adult.family_name,
                        given_name=adult.given_name,
                        **{"language": pupil.language, **adult.facts},
                    )
                )
            )
        else:
            update(self.intake, record, guardian, dict(adult.facts), about=label)
        if tie is None:
            # One relationship for each adult: of two blocks about one person, the first says the tie.
            tie = self.intake.draft.add(Relationship(pupil=pupil, guardian=guardian, kind=adult.kind))
            ties.append(tie)
            record.changes.append(Change(label[:1].upper() + label[1:], "", guardian.full_name))
        else:
            self._confirm(record, tie, adult)
        return guardian

    def _confirm(self, record: Record, tie: Relationship, adult: Adult) -> None:
        """Keep the rights of a known tie as they are: a file neither gives nor takes them."""
        if tie.ends_on is not None and tie.ends_on <= self.intake.today:
            record.warn(
                _("%(name)s no longer answers for the pupil since %(day)s; the file still names them.")
                % {"name": tie.guardian.full_name, "day": tie.ends_on.strftime("%d/%m/%Y")},
                _("Start it again on the pupil's page if the file is right."),
            )
        elif tie.kind in VAGUE and adult.kind not in VAGUE:
            record.changes.extend(self.intake.draft.change(tie, kind=adult.kind))

    def _same_elsewhere(self, pupil: Person, adult: Adult) -> Person | None:
        """Return somebody of that name with the same e-mail, phone or address: a sibling's parent."""
        for person in self.people.named(adult.family_name, adult.given_name):
            if person is pupil or person.pk in self.people.pupils or _is_child(person, self.intake.today):
                continue
            reach = {person.email.casefold(), person.phone, person.mobile} - {""}
            told = {str(adult.facts.get(name, "")).casefold() for name in ("email", "phone", "mobile")}
            if reach & told or (adult.address and self._lives_at(person, adult.address)):
                return person
        return None

    def _lives_at(self, person: Person, address: Address) -> bool:
        key = address_key(*address)
        return any(_key_of(home.household) == key for home in self.people.residences[id(person)])

    def _settle(
        self, record: Record, person: Person, address: Address, *, is_main: bool, about: str = ""
    ) -> None:
        homes = self.people.residences[id(person)]
        if self._lives_at(person, address):
            return
        household = self.people.households.get(address_key(*address))
        if household is None:
            street, postcode, city = address
            household = self.intake.draft.add(Household(street=street, postcode=postcode, city=city))
            self.people.households[address_key(*address)] = household
        left = [home for home in homes if is_main and home.is_main]
        for home in left:
            homes.remove(home)
            self.intake.draft.remove(home)
        homes.append(
            self.intake.draft.add(Residence(person=person, household=household, is_main=is_main or not homes))
        )
        tie = f"{Kind(about).label}: " if about else ""
        old = ", ".join(str(home.household) for home in left)
        record.changes.append(Change(f"{tie}{_('Address')}", old, str(household)))


def _address(record: Record, prefix: str) -> Address | None:
    """Return the address of a block, when a letter would arrive there."""
    street, postcode, city = (record[f"{prefix}{name}"] or "" for name in ("street", "postcode", "city"))
    return (street, postcode, city) if street and city else None


def _key_of(household: Household) -> tuple[str, str, str]:
    return address_key(household.street, household.postcode, household.city)


def _is_child(person: Person, on: date) -> bool:
    return person.born_on is not None and not person.is_adult(on)

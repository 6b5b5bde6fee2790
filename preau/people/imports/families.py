"""The adults who answer for a pupil: who they are, how to reach them, where they live."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.people.actions.many import Move, NewTie, relate_many, settle_many, specify_ties
from preau.people.models import Person, Relationship, name_for_sorting
from preau.people.own_ties import refuse_own_tie

from .identity import Persons, name_in
from .register import Address, Entry, Guardianship, Home, address_key, described

Kind = Relationship.Kind
BLOCKS = (
    ("mother", Kind.MOTHER),
    ("father", Kind.FATHER),
    ("guardian", Kind.GUARDIAN),
    ("second", Kind.GUARDIAN),
)
VAGUE = {Kind.GUARDIAN, Kind.OTHER}
REACH = ("phone", "mobile", "email", "language")


@dataclass
class Adult:
    """One block of the row: a name, a tie, ways to reach them, an address."""

    prefix: str
    kind: str
    family_name: str
    given_name: str
    facts: dict[str, str]
    address: Address | None

    @property
    def sort_name(self) -> str:
        return name_for_sorting(self.family_name, self.given_name)


@dataclass
class Families:
    """The families of one file: brothers and sisters share their parents. Compared first, then written."""

    persons: Persons
    pupils: set[int]
    """The keys of those who are or were pupils: none of them is taken for a parent."""
    _wards: defaultdict[Entry, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _ties: list[tuple[Entry, Guardianship]] = field(default_factory=list)
    _kinds: list[tuple[Relationship, str]] = field(default_factory=list)
    _moves: list[tuple[Entry, Home, list[Home]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for entry in self.persons.register.by_pk.values():
            for known in entry.guardians:
                self._wards[known.guardian].append(entry)

    def compare(self, record: Record, pupil: Entry) -> None:
        """Tie the adults of a row to the pupil, and settle everybody where they live."""
        adults = list(self._adults(record))
        address = _address(record, "") or next((adult.address for adult in adults if adult.address), None)
        if address:
            self._settle(record, pupil, address, is_main=True)
        for adult in adults:
            guardian = self._guardian(record, pupil, adult, address)
            if adult.address:
                self._settle(record, guardian, adult.address, is_main=True, about=adult.kind)
                if address and address_key(adult.address) != address_key(address):
                    self._settle(record, pupil, adult.address, is_main=False)

    def relate(self, pupil: Entry, guardian: Entry, kind: str) -> bool:
        """
        Plan that an adult answers for a pupil; say whether that is new.

        :raises NobodyTiesOneself: when the adult is whoever brings the file
        """
        if any(known.guardian is guardian for known in pupil.guardians):
            return False
        refuse_own_tie(self.persons.work.by, guardian.person)
        guardianship = Guardianship(guardian, kind)
        pupil.guardians.append(guardianship)
        self._wards[guardian].append(pupil)
        self._ties.append((pupil, guardianship))
        return True

    def write(self) -> None:
        """Write the ties and the addresses, once everybody has a key."""
        by, at = self.persons.work.by, self.persons.work.at
        ties = [NewTie(pupil.person, new.guardian.person, new.kind) for pupil, new in self._ties]
        relate_many(ties=ties, by=by, at=at)
        specify_ties(kinds=self._kinds, by=by, at=at)
        moves = [
            Move(entry.person, *home.address, _keys(left), home.is_main) for entry, home, left in self._moves
        ]
        settle_many(moves=moves, by=by, at=at)
        self._ties, self._kinds, self._moves = [], [], []

    def _adults(self, record: Record) -> Iterator[Adult]:
        """Give the adults of a row; the person responsible is often the mother or the father again."""
        told: dict[str, Adult] = {}
        for block, usual in BLOCKS:
            prefix = f"{block}_"
            family, given = name_in(record, prefix)
            facts = {name: record[prefix + name] for name in REACH if record[prefix + name]}
            kind: str = (
                Kind(record["guardian_kind"]) if block == "guardian" and record["guardian_kind"] else usual
            )
            if not family and not given:
                if facts:
                    record.warn(
                        _("There is a phone or an e-mail but no name for: %(tie)s. They are left out.")
                        % {"tie": usual.label},
                        _("Add the name."),
                        prefix + next(iter(facts)),
                    )
                continue
            adult = Adult(prefix, kind, family, given, facts, _address(record, prefix))
            if known := told.get(adult.sort_name):
                known.facts = {**adult.facts, **known.facts}
                known.address = known.address or adult.address
            else:
                told[adult.sort_name] = adult
        yield from told.values()

    def _guardian(self, record: Record, pupil: Entry, adult: Adult, home: Address | None) -> Entry:
        known = next(
            (each for each in pupil.guardians if each.guardian.person.sort_name == adult.sort_name), None
        )
        guardian = known.guardian if known else self._same_elsewhere(record, pupil, adult, home)
        label = str(Kind(adult.kind).label)
        if guardian is None:
            names = {"family_name": adult.family_name, "given_name": adult.given_name}
            guardian = self.persons.record({**names, "language": pupil.person.language, **adult.facts})
        name = guardian.person.full_name
        facts = self.persons.agreement.agreed(record, guardian, name, adult.facts, prefix=adult.prefix)
        self.persons.update(record, guardian, facts, about=label)
        told = record[f"{adult.prefix}full_name"]
        self.persons.tell_both_parts(record, guardian.person, told, prefix=adult.prefix)
        if known:
            self._confirm(record, known, adult)
        elif self.relate(pupil, guardian, adult.kind):
            record.changes.append(Change(label[:1].upper() + label[1:], "", guardian.person.full_name))
        return guardian

    def _confirm(self, record: Record, known: Guardianship, adult: Adult) -> None:
        """Keep the rights of a known tie as they are: a file neither gives nor takes them."""
        tie, name = known.tie, known.guardian.person.full_name
        if tie is None:
            return
        if tie.ends_on is not None and tie.ends_on <= self.persons.on:
            record.warn(
                _("%(name)s no longer answers for the pupil since %(day)s; the file still names them.")
                % {"name": name, "day": tie.ends_on.strftime("%d/%m/%Y")},
                _("Start it again on the pupil's page if the file is right."),
            )
        elif known.kind in VAGUE and adult.kind not in VAGUE:
            old, known.kind = Kind(known.kind).label, adult.kind
            self._kinds.append((tie, adult.kind))
            record.changes.append(Change(_("Tie"), str(old), str(Kind(adult.kind).label)))

    def _same_elsewhere(
        self, record: Record, pupil: Entry, adult: Adult, home: Address | None
    ) -> Entry | None:
        """
        Return somebody of that name with the same e-mail, phone or address: a sibling's parent.

        :param home: where the pupil lives: the parent of another pupil who lives there is the same
        """
        found = list(self._alike(pupil, adult, home))
        if len(found) > 1:
            words = _("Two persons of this name may be meant: it is taken for %(name)s.")
            remedy = _("If it is the other, tie that one to the pupil on the pupil's page.")
            record.warn(words % {"name": described(found[0].person)}, remedy, f"{adult.prefix}full_name")
        return found[0] if found else None

    def _alike(self, pupil: Entry, adult: Adult, home: Address | None) -> Iterator[Entry]:
        for entry in self.persons.register.named(adult.family_name, adult.given_name):
            person = entry.person
            if entry is pupil or person.pk in self.pupils or _is_child(person, self.persons.on):
                continue
            reach = {person.email.casefold(), person.phone, person.mobile} - {""}
            told = {str(adult.facts.get(name, "")).casefold() for name in ("email", "phone", "mobile")}
            if reach & told or self._lives_there(entry, adult.address, home):
                yield entry

    def _lives_there(self, entry: Entry, address: Address | None, home: Address | None) -> bool:
        if address is not None:
            return entry.lives_at(address)
        return home is not None and any(each.lives_at(home) for each in (entry, *self._wards[entry]))

    def _settle(
        self, record: Record, entry: Entry, address: Address, *, is_main: bool, about: str = ""
    ) -> None:
        if entry.lives_at(address):
            return
        left = [home for home in entry.homes if is_main and home.is_main]
        entry.homes = [home for home in entry.homes if home not in left]
        home = Home(address, is_main or not entry.homes)
        entry.homes.append(home)
        self._moves = [move for move in self._moves if move[1] not in left] if left else self._moves
        self._moves.append((entry, home, left))
        tie = f"{Kind(about).label}: " if about else ""
        old = ", ".join(str(home) for home in left)
        record.changes.append(Change(tie + _("Address"), old, str(home)))


def _keys(homes: list[Home]) -> tuple[int, ...]:
    return tuple(home.household_id for home in homes if home.household_id is not None)


def _address(record: Record, prefix: str) -> Address | None:
    """Return the address of a block, when a letter would arrive there."""
    street, postcode, city = (record[f"{prefix}{name}"] or "" for name in ("street", "postcode", "city"))
    return (street, postcode, city) if street and city else None


def _is_child(person: Person, on: date) -> bool:
    return person.born_on is not None and not person.is_adult(on)

"""What a file brings of persons, written for all of them at once: by the same rules as one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from preau.kit.events import announce
from preau.kit.traces import TracedAct
from preau.people.events import PersonActedUpon, SeveralActedUpon
from preau.people.models import (
    ExternalId,
    Household,
    Person,
    Relationship,
    Residence,
    name_for_sorting,
)
from preau.people.own_ties import refuse_own_tie
from preau.people.working_here import those_who_work_here

from .households import MOVE_HOUSEHOLD
from .persons import CHANGE_PERSON, NOTE_EXTERNAL_ID, RECORD_PERSON, NumberTaken
from .relationships import CHANGE_RIGHTS, RELATE_GUARDIAN, RELATE_STAFF, NotAnsweringForOneself

BATCH = 500


@dataclass(frozen=True, slots=True)
class NewTie:
    """An adult who is to answer for a pupil, with all rights."""

    pupil: Person
    guardian: Person
    kind: str


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who is to live at an address."""

    person: Person
    street: str
    postcode: str
    city: str
    leaving: tuple[int, ...] = ()
    """The households that are left."""
    is_main: bool = True


@dataclass(frozen=True, slots=True)
class Correction:
    """What becomes of some fields of a person."""

    person: Person
    facts: Mapping[str, Any]


def _tell(act: TracedAct, told: Iterable[tuple[Person, str, dict[str, Any]]], by: Person | None) -> None:
    who = by.pk if by else None
    acts = [
        PersonActedUpon(act, person.pk, who, subject or person.full_name, details)
        for person, subject, details in told
    ]
    if acts:
        announce(SeveralActedUpon(tuple(acts)))


def bulk_create_persons(persons: Iterable[Person]) -> list[Person]:
    """Create many persons at once, each with the name it is sorted by. Nobody is told."""
    ready = list(persons)
    for person in ready:
        person.set_sort_name()
    return Person.objects.bulk_create(ready, batch_size=BATCH)


@transaction.atomic
def record_many(*, persons: Sequence[Person], by: Person | None, at: datetime) -> None:
    """Record persons the school did not know yet; each then has its key."""
    bulk_create_persons(persons)
    _tell(RECORD_PERSON, ((person, "", {}) for person in persons), by)


@transaction.atomic
def change_many(*, corrections: Sequence[Correction], by: Person | None, at: datetime) -> None:
    """Change what is known of many persons. Fields that are not named stay as somebody else writes them."""
    hold_many([each.person for each in corrections])
    alike: defaultdict[tuple[str, ...], list[Person]] = defaultdict(list)
    for each in corrections:
        for name, value in each.facts.items():
            setattr(each.person, name, value)
        each.person.set_sort_name()
        alike[tuple(sorted(each.facts))].append(each.person)
    for names, persons in alike.items():
        Person.objects.bulk_update(persons, [*names, "sort_name"], batch_size=BATCH // 5)
    _tell(
        CHANGE_PERSON,
        ((each.person, "", {"fields": sorted(each.facts)}) for each in corrections),
        by,
    )


def hold_many(persons: Iterable[Person]) -> None:
    """Hold the records of persons until the transaction ends: whoever moves one of them takes turns."""
    hold_keys(person.pk for person in persons)


def hold_keys(keys: Iterable[int]) -> None:
    """Hold the records of persons, as `hold_many`, by their keys."""
    keys = list(keys)
    list(Person.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


@transaction.atomic
def note_numbers(*, numbers: Sequence[tuple[Person, str, str]], by: Person | None, at: datetime) -> None:
    """
    Note numbers that other systems give persons: person, system, number. A new one replaces the former.

    :raises NumberTaken: when a number is somebody else's
    """
    wanted = {(system, value): person for person, system, value in numbers}
    systems = {system for _person, system, _value in numbers}
    for known in ExternalId.objects.filter(system__in=systems).select_related("person"):
        person = wanted.get((known.system, known.value))
        if person is not None and person.pk != known.person_id:
            raise NumberTaken(system=known.system, value=known.value, name=known.person.full_name)
    for system in systems:
        bearers = [person.pk for person, of, _value in numbers if of == system]
        ExternalId.objects.filter(system=system, person__in=bearers).delete()
    ExternalId.objects.bulk_create(
        [ExternalId(person=person, system=system, value=value) for person, system, value in numbers],
        batch_size=BATCH,
    )
    _tell(NOTE_EXTERNAL_ID, ((who, "", {"system": of}) for who, of, _value in numbers), by)


@transaction.atomic
def relate_many(*, ties: Sequence[NewTie], by: Person | None, at: datetime) -> None:
    """
    Have adults answer for pupils, with all rights.

    :raises NotAnsweringForOneself: when an adult is the pupil
    :raises NobodyTiesOneself: when an adult is whoever brings the file
    """
    if any(tie.pupil.pk == tie.guardian.pk for tie in ties):
        raise NotAnsweringForOneself
    refuse_own_tie(by, *(tie.guardian for tie in ties))
    Relationship.objects.bulk_create(
        [Relationship(pupil=tie.pupil, guardian=tie.guardian, kind=tie.kind) for tie in ties],
        batch_size=BATCH,
    )
    staff = those_who_work_here({tie.guardian.pk for tie in ties})
    for act, works_here in ((RELATE_GUARDIAN, False), (RELATE_STAFF, True)):
        of_these = [tie for tie in ties if (tie.guardian.pk in staff) is works_here]
        _tell(act, ((tie.pupil, tie.guardian.full_name, {"kind": str(tie.kind)}) for tie in of_these), by)


@transaction.atomic
def specify_ties(*, kinds: Sequence[tuple[Relationship, str]], by: Person | None, at: datetime) -> None:
    """Say more exactly what ties an adult to a pupil; the rights stay as they are."""
    for tie, kind in kinds:
        tie.kind = kind
    Relationship.objects.bulk_update([tie for tie, _kind in kinds], ["kind"], batch_size=BATCH)
    ties = Relationship.objects.filter(pk__in=[tie.pk for tie, _kind in kinds])
    people = ties.select_related("pupil", "guardian")
    _tell(CHANGE_RIGHTS, ((tie.pupil, tie.guardian.full_name, {"rights": {}}) for tie in people), by)


@transaction.atomic
def settle_many(*, moves: Sequence[Move], by: Person | None, at: datetime) -> None:
    """Settle persons where they live: in a household that exists at the address, else in a new one."""
    households = {_key(home.street, home.postcode, home.city): home for home in Household.objects.all()}
    new = {}
    for move in moves:
        key = _key(move.street, move.postcode, move.city)
        if key not in households:
            household = Household(street=move.street, postcode=move.postcode, city=move.city)
            households[key] = new[key] = household
    Household.objects.bulk_create(new.values(), batch_size=BATCH)
    for move in moves:
        if move.leaving:
            Residence.objects.filter(person=move.person, household__in=move.leaving).delete()
    Residence.objects.bulk_create(
        [
            Residence(
                person=move.person,
                household=households[_key(move.street, move.postcode, move.city)],
                is_main=move.is_main,
            )
            for move in moves
        ],
        batch_size=BATCH,
    )
    left = [key for move in moves for key in move.leaving]
    Household.objects.filter(pk__in=left, residences=None).delete()
    _tell(MOVE_HOUSEHOLD, ((move.person, "", {}) for move in moves), by)


def _key(street: str, postcode: str, city: str) -> tuple[str, str, str]:
    return name_for_sorting(street), name_for_sorting(postcode), name_for_sorting(city)

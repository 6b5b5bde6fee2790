"""The questions the register of persons asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from preau.kit import clock
from preau.people.ties import in_force

from . import standings
from .models import ExternalId, Household, ParentAccess, Person, PersonQuerySet, Relationship, Residence
from .relations import ParentsOfAdults, parents_of_adults, ties_with
from .wording import born_words

FOUND_AT_MOST = 8


@dataclass
class FamilyLine:
    """An adult with the children they answer for today, and where they live."""

    guardian: Person
    ties: list[Relationship] = field(default_factory=list)
    homes: list[Residence] = field(default_factory=list)


@dataclass(frozen=True)
class RightRow:
    """One right, and for each adult who answers for the pupil whether they have it."""

    name: str
    label: str
    values: list[bool]


@dataclass(frozen=True)
class ParentsReading:
    """Whether those who answer for a pupil of age read, by what the school has set and the pupil decided."""

    ties: list[Relationship]
    is_open: bool
    setting: ParentsOfAdults
    decision: ParentAccess | None

    @property
    def names(self) -> str:
        return ", ".join(tie.guardian.full_name for tie in self.ties)

    @property
    def is_up_to_the_pupil(self) -> bool:
        return self.setting is not ParentsOfAdults.KEPT_OUT

    @property
    def waits_for_consent(self) -> bool:
        return self.setting is ParentsOfAdults.ASK_FIRST


@dataclass(frozen=True)
class GrownUp:
    """A pupil of age whose parents do not read, as they may know it: a name, and who decides."""

    name: str
    is_up_to_the_pupil: bool


@dataclass(frozen=True)
class PersonFile:
    """What the register holds about a person."""

    guardianships: list[Relationship]
    former_guardianships: list[Relationship]
    wards: list[Relationship]
    homes: list[Residence]
    numbers: list[ExternalId]
    parents_reading: ParentsReading | None
    """Only of a pupil of age."""
    birth: str
    """When this person was born, in words that fit them."""

    @property
    def rights(self) -> list[RightRow]:
        """Return the rights of those who answer for this person, right by right."""
        return [
            RightRow(
                right,
                str(Relationship._meta.get_field(right).verbose_name),  # type: ignore[union-attr]
                [getattr(tie, right) for tie in self.guardianships],
            )
            for right in Relationship.RIGHTS
        ]


def person_file(person: Person) -> PersonFile:
    """Return what the register holds about a person: four queries, two more for a pupil of age."""
    today = clock.today()
    ties = person.guardianships.select_related("guardian", "restricted_by")
    answering = list(ties.order_by("-is_legal_responsible", "guardian__sort_name", "pk"))
    present = [tie for tie in answering if tie.ends_on is None or tie.ends_on > today]
    return PersonFile(
        guardianships=present,
        former_guardianships=[tie for tie in answering if tie.ends_on and tie.ends_on <= today],
        wards=list(person.wards.in_force().select_related("pupil").order_by("pupil__sort_name")),
        homes=list(person.residences.select_related("household").order_by("-is_main", "pk")),
        numbers=list(person.external_ids.order_by("system")),
        parents_reading=_reading(person, present) if present and person.is_adult() else None,
        birth=born_words(person),
    )


def parents_reading(pupil: Person) -> ParentsReading:
    """Return whether those who answer for a pupil of age read, and why. Three queries."""
    ties = pupil.guardianships.in_force().select_related("guardian")
    return _reading(pupil, list(ties.order_by("-is_legal_responsible", "guardian__sort_name", "pk")))


def _reading(pupil: Person, ties: list[Relationship]) -> ParentsReading:
    return ParentsReading(
        ties=ties,
        is_open=ties_with(None).filter(pupil=pupil).exists(),
        setting=parents_of_adults(),
        decision=ParentAccess.objects.filter(pupil=pupil).first(),
    )


def grown_ups(pupils: Iterable[int]) -> list[GrownUp]:
    """Return these pupils, of age and read by no parent, as their parents may know them. One query."""
    is_up_to_the_pupil = parents_of_adults() is not ParentsOfAdults.KEPT_OUT
    found = Person.objects.filter(pk__in=pupils).order_by("born_on", "sort_name")
    return [GrownUp(person.called, is_up_to_the_pupil) for person in found]


def guardians_found(
    *, words: str = "", language: str = "", standing: str = standings.EVERYBODY
) -> PersonQuerySet:
    """Return the adults of a kind (all guardians unless told), by their own name or that of a child."""
    ties = Relationship.objects.filter(in_force())
    guardians = Person.objects.filter(standings.adults(standing))
    if language:
        guardians = guardians.filter(language=language)
    if words.strip():
        children = ties.filter(pupil__in=Person.objects.named(words))
        own = Q(pk__in=Person.objects.named(words).values("pk"))
        guardians = guardians.filter(own | Q(pk__in=children.values("guardian")))
    return guardians.by_name()


def family_lines(guardians: Iterable[Person]) -> list[FamilyLine]:
    """Return these adults with their children and homes: two queries, however many they are."""
    lines = {person.pk: FamilyLine(person) for person in guardians}
    ties = Relationship.objects.filter(in_force(), guardian__in=lines).select_related("pupil")
    for tie in ties.order_by("pupil__sort_name"):
        lines[tie.guardian_id].ties.append(tie)
    for person, homes in homes_by_person(lines).items():
        lines[person].homes = homes
    return list(lines.values())


def homes_by_person(persons: Iterable[int]) -> dict[int, list[Residence]]:
    """Return where each of these persons lives, the main home first. One query."""
    homes = defaultdict(list)
    residences = Residence.objects.filter(person__in=list(persons)).select_related("household")
    for residence in residences.order_by("-is_main", "pk"):
        homes[residence.person_id].append(residence)
    return dict(homes)


def relatives_of(person: Person) -> PersonQuerySet:
    """Return a person's guardians or wards, their other children and the other adults of these."""
    up = Relationship.objects.filter(in_force(), pupil=person).values("guardian")
    down = Relationship.objects.filter(in_force(), guardian=person).values("pupil")
    siblings = Relationship.objects.filter(in_force(), guardian__in=up).values("pupil")
    partners = Relationship.objects.filter(in_force(), pupil__in=down).values("guardian")
    near = Q(pk__in=up) | Q(pk__in=down) | Q(pk__in=siblings) | Q(pk__in=partners)
    return Person.objects.filter(near).exclude(pk=person.pk).by_name()


def households_near(person: Person) -> list[Household]:
    """Return the addresses of a person's relatives, where the person may live too."""
    homes = Household.objects.filter(residents__in=relatives_of(person)).exclude(residents=person)
    return list(homes.distinct().order_by("city", "street", "pk"))


def persons_named(words: str, *, but: Person | None = None) -> list[Person]:
    """Return at most eight persons of that name, for a choice."""
    if not words.strip():
        return []
    found = Person.objects.named(words)
    if but:
        found = found.exclude(pk=but.pk)
    return list(found.by_name()[:FOUND_AT_MOST])

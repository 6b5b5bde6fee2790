"""A pupil's file: who the pupil is, whom to call, what every module knows, as far as the reader may know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from preau.kit import modules
from preau.kit.modules import Words
from preau.people.models import Household, Person, Relationship
from preau.people.relations import answers_for
from preau.people.rules import may_manage_people
from preau.people.ties import in_force
from preau.structure.models import ClassGroup
from preau.structure.queries import class_of, tutors_of
from preau.trail.rules import may_see_looks

from ..rules import (
    may_read_contacts,
    may_read_parents_rights,
    may_read_urgent_phones,
    may_see_as,
    may_see_that_rights_are_limited,
)

RIGHT_NAMES: dict[str, Words] = {
    field.name: field.verbose_name for field in Relationship._meta.fields if field.name in Relationship.RIGHTS
}


@dataclass(frozen=True)
class Adult:
    """Somebody who answers for the pupil. What the reader may not know is empty."""

    person: Person
    tie: str
    is_called_first: bool
    phones: list[str]
    email: str
    is_limited: bool
    missing_rights: list[Words]


@dataclass(frozen=True)
class PupilFile:
    """All that one reader may know of a pupil."""

    pupil: Person
    class_group: ClassGroup | None
    tutors: list[Person]
    phones: list[str]
    email: str
    shows_contacts: bool
    households: list[Household]
    adults: list[Adult]
    panels: list[str]
    is_own: bool
    shows_looks: bool
    """Whether the reader may see who opened the file."""
    shows_eyes: bool
    """Whether the reader may see for a while what the pupil sees."""
    shows_register: bool
    """Whether the reader may open the pupil's page in the register."""


def pupil_file(request: Any, pupil: Person) -> PupilFile:
    """Gather a pupil's file for whoever asks."""
    reader = request.person
    ties = list(
        Relationship.objects.filter(in_force(), pupil=pupil).select_related("guardian").order_by("pk")
    )
    is_of_family = answers_for("pk").over(Person).allows(reader, pupil)
    reads_contacts = may_read_contacts.allows(reader, pupil)
    shows_contacts = reads_contacts or is_of_family
    class_group = class_of(pupil)
    return PupilFile(
        pupil=pupil,
        class_group=class_group,
        tutors=list(tutors_of(class_group)) if class_group else [],
        phones=phones_of(pupil) if shows_contacts else [],
        email=pupil.email if shows_contacts else "",
        shows_contacts=shows_contacts,
        households=_households(pupil, reader, reads_contacts, is_of_family),
        adults=_adults(ties, pupil, reader, reads_contacts),
        panels=[
            panel
            for module in modules.open_to(reader)
            for draw in module.panels
            if (panel := draw(request, pupil))
        ],
        is_own=reader == pupil,
        shows_looks=may_see_looks.allows(reader, pupil),
        shows_eyes=may_see_as.allows(reader, pupil),
        shows_register=may_manage_people.admits(reader),
    )


def phones_of(person: Person) -> list[str]:
    """Return the phone numbers of a person, the mobile first."""
    return [number for number in (person.mobile, person.phone) if number]


def _households(pupil: Person, reader: Person, reads_contacts: bool, is_of_family: bool) -> list[Household]:
    """Return where the pupil lives; a parent reads one's own household only."""
    if not (reads_contacts or is_of_family):
        return []
    homes = pupil.households.order_by("-residences__is_main", "pk")
    return list(homes if reads_contacts else homes.filter(residents=reader).distinct())


def _adults(ties: list[Relationship], pupil: Person, reader: Person, reads_contacts: bool) -> list[Adult]:
    """Return those who answer for the pupil, each with what this reader may know."""
    is_staff = reader != pupil and all(tie.guardian_id != reader.pk for tie in ties)
    if reads_contacts:
        shown = ties
    elif is_staff and may_read_urgent_phones.allows(reader, pupil):
        shown = [tie for tie in ties if tie.is_emergency_contact]
    else:
        shown = [tie for tie in ties if tie.guardian_id == reader.pk]
    reads_rights = is_staff and may_read_parents_rights.allows(reader, pupil)
    knows_limits = reads_rights or (is_staff and may_see_that_rights_are_limited.allows(reader, pupil))
    return [
        _adult(tie, reader, reads_contacts and is_staff, is_staff, reads_rights, knows_limits)
        for tie in shown
    ]


def _adult(
    tie: Relationship,
    reader: Person,
    reads_email: bool,
    reads_phone: bool,
    reads_rights: bool,
    knows_limits: bool,
) -> Adult:
    is_oneself = tie.guardian_id == reader.pk
    missing = [right for right in Relationship.RIGHTS if not getattr(tie, right)]
    return Adult(
        person=tie.guardian,
        tie=tie.get_kind_display(),
        is_called_first=tie.is_emergency_contact,
        phones=phones_of(tie.guardian) if reads_phone or is_oneself else [],
        email=tie.guardian.email if reads_email or is_oneself else "",
        is_limited=bool(missing) and (knows_limits or is_oneself),
        missing_rights=[RIGHT_NAMES[right] for right in missing] if reads_rights or is_oneself else [],
    )

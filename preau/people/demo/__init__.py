"""The people of the Lycée du Parc: its staff, its pupils and their families."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from preau.kit.demo import Book, SchoolIsThere, chapter
from preau.kit.refusals import Refusal
from preau.people.actions.many import bulk_create_persons
from preau.people.models import (
    Duty,
    ExternalId,
    Household,
    ParentAccess,
    Person,
    Relationship,
    Residence,
)

from .families import Families
from .folk import FIRST_DAY, Folk, Pupil
from .names import Names
from .staff import Staff

__all__ = ["FIRST_DAY", "Folk", "Names", "Pupil"]


LEAST_PUPILS = 60


class SchoolTooSmall(Refusal):
    words = _("The demonstration needs at least %(least)s pupils: fewer would not fill its classes.")


@chapter(rank=10, weight=2)
def people(book: Book) -> None:
    """
    Invent everybody, then write them down at once.

    :raises SchoolIsThere: if somebody is there already
    :raises SchoolTooSmall: if the stories would lack pupils
    """
    if book.options.pupils < LEAST_PUPILS:
        raise SchoolTooSmall(least=LEAST_PUPILS)
    if Person.objects.exists():
        raise SchoolIsThere
    folk = Folk()
    names = Names(book.rng("people.names"))
    staff = Staff(book, folk, names)
    staff.gather()
    families = Families(book, folk, names)
    families.gather()

    bulk_create_persons(folk.everybody)
    book.is_at(0.5)
    Household.objects.bulk_create(families.homes.households, batch_size=500)
    Residence.objects.bulk_create(families.homes.residences, batch_size=500)
    Relationship.objects.bulk_create(families.homes.ties, batch_size=500)
    Duty.objects.bulk_create(staff.duties, batch_size=500)
    ExternalId.objects.bulk_create(staff.acronyms + families.matricules, batch_size=500)
    _let_an_adult_object(folk)
    _say_who_is_there(book, folk)
    book.leave(folk)


def _let_an_adult_object(folk: Folk) -> None:
    """One pupil of age keeps the parents out, as the law allows."""
    pupil = folk.stories["adult_who_objects"]
    ParentAccess.objects.create(pupil=pupil, is_granted=False, decided_at=folk.moment_of_objection)


def _say_who_is_there(book: Book, folk: Folk) -> None:
    book.tell(_("pupils"), len(folk.pupils))
    book.tell(_("guardians"), len(folk.guardians))
    book.tell(_("teachers"), len(folk.teachers))
    book.tell(_("other members of staff"), len(folk.staff) - len(folk.teachers))

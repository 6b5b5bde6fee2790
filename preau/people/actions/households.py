"""Where people live. Two persons at one address share one household; a pupil may have two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Household, Person, Residence

from .persons import tell


class NoAddress(Refusal):
    words = _("Write at least the street and the town, so that a letter would arrive.")


def household_at(*, street: str, postcode: str, city: str, country: str = "BE") -> Household:
    """Return the household at an address; it is made when nobody lived there yet."""
    street, postcode, city = street.strip(), postcode.strip(), city.strip()
    if not (street and city):
        raise NoAddress
    known = Household.objects.filter(
        street__iexact=street, postcode__iexact=postcode, city__iexact=city, country=country
    )
    return known.order_by("pk").first() or Household.objects.create(
        street=street, postcode=postcode, city=city, country=country
    )


MOVE_HOUSEHOLD = TracedAct("people.move_household", _("noted a new address of %(subject)s"))


@transaction.atomic
def move_household(
    *,
    persons: Iterable[Person],
    household: Household,
    by: Person | None,
    at: datetime,
    leaving: Household | None = None,
    is_main: bool = True,
) -> None:
    """
    Settle persons in a household.

    :param leaving: the home they leave; without it the new one comes beside those they have
    :param is_main: whether letters now go there first
    """
    for person in persons:
        if leaving and leaving != household:
            Residence.objects.filter(person=person, household=leaving).delete()
        if is_main:
            Residence.objects.filter(person=person).exclude(household=household).update(is_main=False)
        first = not Residence.objects.filter(person=person).exclude(household=household).exists()
        Residence.objects.update_or_create(
            person=person, household=household, defaults={"is_main": is_main or first}
        )
        tell(MOVE_HOUSEHOLD, person, by)
    if leaving:
        _drop_if_empty(leaving)


@transaction.atomic
def settle(
    *,
    persons: Iterable[Person],
    address: Mapping[str, str],
    by: Person | None,
    at: datetime,
    shared: Household | None = None,
    leaving: Household | None = None,
    is_main: bool = True,
) -> Household:
    """Settle persons at an address: a household that exists already (`shared`), or a new one."""
    household = shared or household_at(**address)
    move_household(persons=persons, household=household, leaving=leaving, is_main=is_main, by=by, at=at)
    return household


CHANGE_HOUSEHOLD = TracedAct("people.change_household", _("corrected the address of %(subject)s"))


@transaction.atomic
def change_household(
    *,
    household: Household,
    street: str,
    postcode: str,
    city: str,
    by: Person | None,
    at: datetime,
    country: str = "BE",
) -> None:
    """Correct an address, for all who live there."""
    if not (street.strip() and city.strip()):
        raise NoAddress
    household.street, household.postcode = street.strip(), postcode.strip()
    household.city, household.country = city.strip(), country
    household.save()
    for person in household.residents.all():
        tell(CHANGE_HOUSEHOLD, person, by)


LEAVE_HOUSEHOLD = TracedAct("people.leave_household", _("took an address away from %(subject)s"))


@transaction.atomic
def leave_household(*, residence: Residence, by: Person | None, at: datetime) -> None:
    """Note that a person no longer lives there; another of their homes receives the letters."""
    person, household, was_main = residence.person, residence.household, residence.is_main
    residence.delete()
    other = Residence.objects.filter(person=person).order_by("pk").first()
    if was_main and other:
        other.is_main = True
        other.save(update_fields=["is_main"])
    _drop_if_empty(household)
    tell(LEAVE_HOUSEHOLD, person, by)


def _drop_if_empty(household: Household) -> None:
    if not household.residences.exists():
        household.delete()

"""Persons, what they do in the school, and who answers for whom."""

from .doubles import UNDONE_WITHIN, Merge, ToldApart
from .families import ParentAccess, Relationship
from .persons import (
    ADULT_AGE,
    Duty,
    ExternalId,
    Household,
    Person,
    PersonQuerySet,
    Residence,
    duties_of,
    name_for_sorting,
)

__all__ = [
    "ADULT_AGE",
    "UNDONE_WITHIN",
    "Duty",
    "ExternalId",
    "Household",
    "Merge",
    "ParentAccess",
    "Person",
    "PersonQuerySet",
    "Relationship",
    "Residence",
    "ToldApart",
    "duties_of",
    "name_for_sorting",
]

"""Which gradebooks may be taken away together: of a year, of somebody who taught in it."""

from __future__ import annotations

from preau.people.models import Person, PersonQuerySet
from preau.structure.models import SchoolYear, TeachingAssignment
from preau.structure.queries import current_year, school_years


def years_of_books() -> list[SchoolYear]:
    """Return the years of the school, the latest first."""
    return school_years()


def year_of_books(key: str | None) -> SchoolYear | None:
    """Return the year with this key, the one in course when there is none."""
    return next((year for year in school_years() if str(year.pk) == key), None) or current_year()


def teachers_with_books(year: SchoolYear) -> PersonQuerySet:
    """Return who taught a group in a year, by name."""
    taught = TeachingAssignment.objects.filter(group__school_year=year)
    return Person.objects.filter(pk__in=taught.values("teacher")).by_name()


def teacher_of_books(whose: str, asker: Person) -> Person | None:
    """Return whose gradebooks are meant: `mine`, or the key of somebody who taught."""
    if whose == "mine":
        return asker
    is_key = whose.isascii() and whose.isdigit() and len(whose) < 19
    taught = TeachingAssignment.objects.filter(teacher=int(whose)) if is_key else None
    return Person.objects.filter(pk__in=taught.values("teacher")).first() if taught is not None else None

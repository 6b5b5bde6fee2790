"""Which gradebooks may be taken away together: of a year, of somebody who taught in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from preau.people.models import Person, PersonQuerySet
from preau.structure.models import CourseGroup, SchoolYear, TeachingAssignment
from preau.structure.queries import current_year, school_years
from preau.work.models import Work

BOOKS = "sheets.books"
"""What ordered gradebooks are called among all long work."""
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class BooksPage:
    """The gradebooks of a year that somebody may take away."""

    year: SchoolYear | None
    years: Sequence[SchoolYear]
    groups: Sequence[CourseGroup]
    """One's own."""
    ordered: QuerySet[Work]
    """What one asked for before."""


def books_page(year: SchoolYear | None, asker: Person) -> BooksPage:
    """Return what there is to take away, the years with the latest first."""
    ordered = Work.objects.filter(asked_by=asker, what=BOOKS)[:MOST_SHOWN]
    return BooksPage(year, school_years(), groups_of_books(year.pk, asker.pk) if year else [], ordered)


def year_of_books(key: str | None) -> SchoolYear | None:
    """Return the year with this key, the one in course when there is none."""
    return next((year for year in school_years() if str(year.pk) == key), None) or current_year()


def groups_of_books(year_id: int, teacher_id: int | None) -> list[CourseGroup]:
    """Return the groups whose gradebooks go together, by course and name."""
    groups = CourseGroup.objects.filter(school_year=year_id).select_related(
        "course__year_level", "school_year"
    )
    if teacher_id is not None:
        taught = TeachingAssignment.objects.filter(teacher=teacher_id)
        groups = groups.filter(pk__in=taught.values("group"))
    return list(groups.order_by("course__year_level__rank", "course__name", "name", "pk"))


def teachers_with_books(year: SchoolYear) -> PersonQuerySet:
    """Return who taught a group in a year, by name."""
    taught = TeachingAssignment.objects.filter(group__school_year=year)
    return Person.objects.filter(pk__in=taught.values("teacher")).by_name()

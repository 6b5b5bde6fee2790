"""The gradebooks of a year: ordered, made aside, taken away by who ordered them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from preau.kit.pdf import compile_many
from preau.kit.progress import Progress
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import CourseGroup, SchoolYear, TeachingAssignment
from preau.trail.actions import note
from preau.work.actions import make_file, make_room, order
from preau.work.models import Work

from ..documents import BOOK, book_data

BOOKS = "sheets.books"
UNSAFE = re.compile(r"[^\w .()+-]+")


class NothingToTake(Refusal):
    words = _("There is no gradebook to take away in this year.")


TAKE_BOOKS = TracedAct("sheets.take_books", _("took away %(subject)s"))


@transaction.atomic
def order_books(*, year: SchoolYear, teacher: Person | None, title: str, by: Person, at: datetime) -> Work:
    """
    Order the gradebooks of a year: of the groups somebody taught in it, or of the whole school.

    They take the place of those that the person ordered before.

    :raises NothingToTake: when there is none
    """
    groups = groups_of_books(year.pk, teacher.pk if teacher else None)
    if not groups:
        raise NothingToTake
    note(TAKE_BOOKS, by=by, subject=title, groups=len(groups))
    make_room(what=BOOKS, by=by)
    return order(
        what=BOOKS,
        title=title,
        leads_to=reverse("sheets:books"),
        by=by,
        at=at,
        year=year.pk,
        teacher=teacher.pk if teacher else None,
    )


def groups_of_books(year_id: int, teacher_id: int | None) -> list[CourseGroup]:
    """Return the groups whose gradebooks go together, by course and name."""
    groups = CourseGroup.objects.filter(school_year=year_id).select_related(
        "course__year_level", "school_year"
    )
    if teacher_id is not None:
        taught = TeachingAssignment.objects.filter(teacher=teacher_id)
        groups = groups.filter(pk__in=taught.values("group"))
    return list(groups.order_by("course__year_level__rank", "course__name", "name", "pk"))


def make_books(*, work: Work) -> None:
    """Make the gradebooks that were ordered, one PDF for each group, in one archive."""
    groups = groups_of_books(work.details["year"], work.details["teacher"])

    def write(target: IO[bytes], progress: Progress) -> None:
        data = (book_data(group, by=work.asked_by) for group in groups)
        drawn = compile_many(BOOK, data, progress, total=len(groups))
        _write_archive(target, zip(_names(groups), drawn, strict=True))

    make_file(work=work, suffix="zip", write=write, total=len(groups))


def _write_archive(target: IO[bytes], files: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(name, content)


def _names(groups: Iterable[CourseGroup]) -> Iterator[str]:
    """Give each group the name of its file; two of the same name are told apart by their key."""
    taken: set[str] = set()
    for group in groups:
        name = UNSAFE.sub(" ", f"{group.course.year_level.code} {group.course.name} {group.name}").strip()
        twin = f"{name} {group.pk}" if name.casefold() in taken else name
        taken.add(twin.casefold())
        yield f"{twin[:120]}.pdf"

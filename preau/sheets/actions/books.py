"""The gradebooks of a year: ordered, made aside, taken away by who ordered them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.gradebook.rules import leads
from preau.kit.pdf import compile_many
from preau.kit.progress import Progress
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import CourseGroup, SchoolYear
from preau.trail.actions import note, place_of
from preau.work.actions import make_file, make_room, order
from preau.work.models import Work

from ..documents import BOOK, book, book_data
from ..queries import BOOKS, groups_of_books

UNSAFE = re.compile(r"[^\w .()+-]+")


class NothingToTake(Refusal):
    words = gettext_lazy("There is no gradebook to take away in this year.")


TAKE_BOOKS = TracedAct("sheets.take_books", gettext_lazy("took away %(subject)s"))


def take_book(*, group: CourseGroup, by: Person, at: datetime) -> bytes:
    """Return the gradebook of a group for its whole year, as a PDF. The trail keeps who took it."""
    taken = book(group, by=by)
    note(TAKE_BOOKS, by=by, subject=str(group), place=place_of(group))
    return taken


def note_taking(*, group: CourseGroup, by: Person, at: datetime) -> None:
    """Note that somebody took a sheet away as a spreadsheet."""
    note(TAKE_BOOKS, by=by, subject=str(group), place=place_of(group))


@transaction.atomic
def order_books(*, year: SchoolYear, teacher: Person | None, by: Person, at: datetime) -> Work:
    """
    Order the gradebooks of a year: of the groups somebody taught in it, or of the whole school.

    They take the place of those that the person ordered before.

    :raises NothingToTake: when there is none
    """
    groups = groups_of_books(year.pk, teacher.pk if teacher else None)
    if not groups:
        raise NothingToTake
    whose = teacher.full_name if teacher else _("the whole school")
    title = _("Gradebooks %(year)s, %(whose)s") % {"year": year, "whose": whose}
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


def make_books(*, work: Work) -> None:
    """Make the gradebooks that were ordered, one PDF for each group, in one archive."""
    whose = work.details["teacher"]
    leading = work.asked_by is not None and leads.admits(work.asked_by)
    groups = groups_of_books(work.details["year"], whose if whose or leading else work.asked_by_id)

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

"""Documents made aside: ordered, made while people go on, taken away by who ordered them."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import IO, Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.pdf import compile_many
from preau.kit.progress import Progress, nobody_watches, now_and_then
from preau.kit.refusals import Refusal
from preau.people.models import Person
from preau.structure.models import CourseGroup, SchoolYear, TeachingAssignment
from preau.trail.actions import note

from ..documents import BOOK, book_data
from ..models import Parcel

UNSAFE = re.compile(r"[^\w .()+-]+")


class NothingToTake(Refusal):
    words = _("There is no gradebook to take away in this year.")


def order_parcel(*, kind: str, title: str, what: dict[str, Any], by: Person, at: datetime) -> Parcel:
    """Order documents; what the person ordered before of this kind makes room for them."""
    with transaction.atomic():
        for before in Parcel.objects.filter(kind=kind, by=by):
            _throw_away(before)
        return Parcel.objects.create(
            kind=kind, title=title[:200], what=what, by=by, ordered_at=at, told_at=clock.now()
        )


def order_books(*, year: SchoolYear, teacher: Person | None, title: str, by: Person, at: datetime) -> Parcel:
    """
    Order the gradebooks of a year: of the groups somebody taught in it, or of the whole school.

    :raises NothingToTake: when there is none
    """
    groups = groups_of_books(year.pk, teacher.pk if teacher else None)
    if not groups:
        raise NothingToTake
    what = {"year": year.pk, "teacher": teacher.pk if teacher else None}
    note("gradebook.take_books", by=by, subject=title, groups=len(groups))
    return order_parcel(kind=Parcel.Kind.BOOKS, title=title, what=what, by=by, at=at)


def groups_of_books(year_id: int, teacher_id: int | None) -> list[CourseGroup]:
    """Return the groups whose gradebooks go together, by course and name."""
    groups = CourseGroup.objects.filter(school_year=year_id).select_related(
        "course__year_level", "school_year"
    )
    if teacher_id is not None:
        taught = TeachingAssignment.objects.filter(teacher=teacher_id)
        groups = groups.filter(pk__in=taught.values("group"))
    return list(groups.order_by("course__year_level__rank", "course__name", "name", "pk"))


def make_books(*, parcel: Parcel) -> Parcel:
    """Make the gradebooks that were ordered, one PDF for each group, in one archive."""
    groups = groups_of_books(parcel.what["year"], parcel.what["teacher"])

    def write(target: IO[bytes], progress: Progress) -> None:
        data = (book_data(group, by=parcel.by) for group in groups)
        drawn = compile_many(BOOK, data, progress, total=len(groups))
        _write_archive(target, zip(_names(groups), drawn, strict=True))

    return fill_parcel(parcel=parcel, suffix="zip", write=write, total=len(groups))


def fill_parcel(
    *,
    parcel: Parcel,
    suffix: str,
    write: Callable[[IO[bytes], Progress], None],
    total: int = 0,
    progress: Progress = nobody_watches,
) -> Parcel:
    """Make what was ordered, and keep how far it is. What goes wrong is kept with it, and told on."""

    def tell(done: int, total: int) -> None:
        progress(done, total)
        Parcel.objects.filter(pk=parcel.pk).update(done=done, total=total, told_at=clock.now())

    tell(0, total)
    try:
        with tempfile.TemporaryFile() as target:
            write(target, now_and_then(tell))
            target.seek(0)
            parcel.file.save(f"parcel.{suffix}", File(target), save=False)
    except Exception as problem:
        Parcel.objects.filter(pk=parcel.pk).update(problem=str(problem)[:400], told_at=clock.now())
        raise
    done = Parcel.objects.filter(pk=parcel.pk).values_list("done", "total").first() or (total, total)
    parcel.done, parcel.total = done[1], done[1]
    parcel.finished_at = parcel.told_at = clock.now()
    parcel.save()
    return parcel


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


def _throw_away(parcel: Parcel) -> None:
    kept = parcel.file
    parcel.delete()
    if kept:
        transaction.on_commit(lambda: kept.delete(save=False))

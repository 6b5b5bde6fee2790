"""Asking for long work, and doing it."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.files.actions import keep, let_go
from preau.kit import clock
from preau.kit.progress import Progress, nobody_watches, now_and_then
from preau.kit.refusals import Refusal
from preau.people.models import Person

from .models import Work
from .uses import RESULT

log = logging.getLogger(__name__)


def order(*, what: str, title: str, leads_to: str, by: Person | None, at: datetime, **details: Any) -> Work:
    """
    Ask for long work; `tasks.start` then has it done.

    :param what: the key under which an app declared it
    :param leads_to: the address where it goes on, or is asked again
    :param details: keys and words that its maker understands
    """
    return Work.objects.create(
        what=what, title=title[:200], leads_to=leads_to, asked_by=by, asked_at=at, details=details
    )


@transaction.atomic
def make_room(*, what: str, by: Person) -> None:
    """Forget the work of this kind that a person asked for before, and its results."""
    for former in Work.objects.filter(what=what, asked_by=by).select_related("result"):
        former.delete()
        if former.result:
            let_go(file=former.result)


def let_results_go(works: QuerySet[Work], at: datetime) -> int:
    """Remove the documents that long work made, and keep that it was done; return how many went."""
    count = 0
    for work in works.select_related("result"):
        with transaction.atomic():
            file, work.result = work.result, None
            work.save(update_fields=["result"])
            count += file is not None and let_go(file=file)
    return count


def carry_out(
    *, work: Work, act: Callable[[Progress], File[Any] | None], progress: Progress = nobody_watches
) -> None:
    """
    Do the work in the language of whoever asked, keep how far it is, and what came of it.

    A refusal ends it with its sentence. Any other failure ends it with one that says so, and is told on.

    :param act: does it and tells its progress; what it returns is kept as the result
    """

    def tell(done: int, total: int) -> None:
        progress(done, total)
        Work.objects.filter(pk=work.pk).update(done=done, total=total, told_at=clock.now())

    _note(work, begun_at=clock.now(), finished_at=None, refusal="", done=0)
    with translation.override(work.asked_by.language if work.asked_by else settings.LANGUAGE_CODE):
        try:
            made = act(now_and_then(tell))
        except Refusal as refusal:
            _note(work, refusal=str(refusal)[:400])
        except Exception:
            log.exception("The work %s (%s) failed.", work.pk, work.what)
            _note(work, refusal=_("Something went wrong on our side. Ask for it again."))
            raise
        else:
            _finish(work, made)


class NotAnyMore(Refusal):
    words = gettext_lazy("You may no longer ask for this.")


def refuse(*, work: Work) -> None:
    """End work that waited until whoever asked for it might no longer."""

    def act(progress: Progress) -> None:
        raise NotAnyMore

    carry_out(work=work, act=act)


def make_file(
    *, work: Work, suffix: str, write: Callable[[IO[bytes], Progress], None], total: int = 0
) -> None:
    """Carry out work that makes a file for whoever asked to take away. `write` fills it."""

    def act(progress: Progress) -> File[Any]:
        target = tempfile.TemporaryFile()  # noqa: SIM115 – closed once it is kept.
        progress(0, total)
        write(target, progress)
        target.seek(0)
        return File(target, f"{work.title}.{suffix}")

    carry_out(work=work, act=act)


@transaction.atomic
def _finish(work: Work, made: File[Any] | None) -> None:
    work.refresh_from_db(fields=["done", "total"])
    result = None
    if made:
        with made:
            result = keep(use=RESULT, file=made, by=work.asked_by, at=clock.now())
    _note(work, finished_at=clock.now(), done=work.total, result=result)


def _note(work: Work, **facts: Any) -> None:
    """Keep what is now true of a work, in the database and in the record at hand."""
    for name, value in {"told_at": clock.now(), **facts}.items():
        setattr(work, name, value)
    work.save(update_fields=["told_at", *facts])

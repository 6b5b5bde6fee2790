"""An import on the screen: a file is chosen, its columns matched, its effect seen, then it is applied."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from preau.exchange.models import ImportRun
from preau.exchange.queries import file_of
from preau.kit import clock
from preau.kit.imports.kinds import table_kind
from preau.kit.imports.mappings import Spec
from preau.kit.imports.report import Report
from preau.kit.progress import Progress, now_and_then
from preau.kit.refusals import Refusal
from preau.people.models import Person

from .importing import Asked, carry_out, keep, remember_mapping

KEPT_FOR = timedelta(days=7)
"""How long a file waits for somebody who chose it and left."""

Stage = ImportRun.Stage
log = logging.getLogger(__name__)


class AlreadyUnderWay(Refusal):
    words = gettext_lazy("This import is under way or done already. Look at its report.")


class NothingToApply(Refusal):
    words = gettext_lazy(
        "This import cannot be applied as it stands. Look at its report: it says what to correct."
    )


def choose_file(*, kind: str, file: File[Any], by: Person, at: datetime) -> ImportRun:
    """Keep a file aside, in private, until it is applied or given up; forget those nobody came back to."""
    _forget_abandoned(at)
    name = Path(file.name or "").name[:200]
    run = ImportRun(kind=kind, source_name=name, by=by, at=at)
    run.file.save(name or "import", file, save=False)
    run.save()
    return run


def match_columns(*, run: ImportRun, spec: Spec, by: Person, at: datetime) -> None:
    """Say what each column is, and remember it for the next file with the same titles."""
    run.refresh_from_db()
    if not run.is_open:
        raise AlreadyUnderWay
    table = table_kind(run.kind).table(file_of(run), spec)
    remember_mapping(kind=run.kind, signature=table.signature, spec=spec, by=by, at=at)
    run.spec, run.source, run.total = spec.as_dict(), spec.source, len(table)
    run.save(update_fields=["spec", "source", "total"])


def start_checking(*, run: ImportRun, by: Person, at: datetime) -> None:
    """Note that the file is about to be compared."""
    _move(run, Stage.CHECKING)


def start_applying(
    *, run: ImportRun, gone: str, ends_many: bool, courses: str, by: Person, at: datetime
) -> None:
    """
    Note that the file is about to be written. Whoever comes second finds it under way.

    :raises NothingToApply: when its report found errors
    """
    run.refresh_from_db()
    if not run.can_be_applied:
        raise NothingToApply if run.is_open else AlreadyUnderWay
    _move(run, Stage.APPLYING, gone=gone, ends_many=ends_many, courses=courses)


def check_run(*, run: ImportRun, language: str, by: Person | None, at: datetime) -> None:
    """Compare the file with what the school knows, and keep the report."""
    _carry_out(run, dry_run=True, language=language, by=by, at=at)


def apply_run(*, run: ImportRun, language: str, by: Person | None, at: datetime) -> None:
    """Write the file, all of it or nothing; what was written needs its file no longer."""
    _carry_out(run, dry_run=False, language=language, by=by, at=at)
    if run.applied:
        _drop_file(run)


def give_up(*, run: ImportRun, by: Person, at: datetime) -> None:
    """Give an import up: its file is deleted, its report stays."""
    _move(run, Stage.GIVEN_UP)
    _drop_file(run)


def _carry_out(run: ImportRun, *, dry_run: bool, language: str, by: Person | None, at: datetime) -> None:
    report = Report(run.kind, run.source_name, dry_run=dry_run)
    asked = Asked(by, at, dry_run, run.gone, run.ends_many, run.courses)
    with override(language):
        try:
            file = file_of(run, _progress(run))
            carry_out(run.kind, file, asked, report, lambda heard: keep(run, report, heard))
        except Refusal as refusal:
            report.refused = str(refusal)
        except Exception:
            log.exception("The import %s failed; nothing of it was written.", run.pk)
            report.refused = _(
                "Something went wrong on our side. Nothing was written; the file is still here: try again."
            )
            report.applied = False
    if not report.applied:
        keep(run, report)


def _progress(run: ImportRun) -> Progress:
    def tell(done: int, total: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(done=done, total=total, moved_at=clock.now())

    return now_and_then(tell)


@transaction.atomic
def _move(run: ImportRun, to: str, **facts: Any) -> None:
    """Move an open run to a stage, unless somebody else just moved it."""
    known = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not known.is_open or known.stage != run.stage:
        raise AlreadyUnderWay
    ImportRun.objects.filter(pk=run.pk).update(stage=to, done=0, moved_at=clock.now(), **facts)
    run.refresh_from_db()


def _drop_file(run: ImportRun) -> None:
    run.file.delete(save=False)
    run.file = ""
    run.save(update_fields=["file"])


def _forget_abandoned(at: datetime) -> None:
    """Delete the files that somebody chose long ago and never applied."""
    for run in ImportRun.objects.filter(at__lt=at - KEPT_FOR).exclude(file=""):
        run.stage = Stage.GIVEN_UP
        run.save(update_fields=["stage"])
        _drop_file(run)

"""Reading a file, comparing it with what the school knows, and writing all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.exchange.footprints import footprint_rows
from preau.exchange.models import ImportLine, ImportRun, Mapping, Origin
from preau.exchange.queries import brought_before, proposed_mapping
from preau.kit import clock
from preau.kit.imports.kinds import BroughtFile, Contents, kind_called
from preau.kit.imports.mappings import Spec
from preau.kit.imports.report import Line, Report, Status
from preau.kit.imports.work import Import
from preau.kit.memory import forget_what_changed
from preau.kit.progress import Progress, nobody_watches
from preau.kit.refusals import Refusal
from preau.kit.rows import insert_records
from preau.kit.traces import TracedAct
from preau.kit.written_rows import Heard, listening
from preau.people.models import Person
from preau.trail.actions import note
from preau.trail.models import Trace

ONE_AT_A_TIME = 7_283_001
"""The lock that imports wait for on PostgreSQL; SQLite has one writer anyway."""


MOST_COLUMNS = 30


@dataclass(frozen=True)
class Asked:
    """What somebody asks of a file, beside reading it."""

    by: Person | None
    at: datetime
    dry_run: bool = False
    gone: str = ImportRun.Gone.LEAVE
    ends_many: bool = False
    courses: str = ImportRun.Courses.STAY


def run_import(
    *,
    kind: str,
    path: Path | str,
    mapping: Path | str | Spec | None = None,
    dry_run: bool = False,
    by: Person | None,
    at: datetime,
    gone: str = ImportRun.Gone.LEAVE,
    ends_many: bool = False,
    courses: str = ImportRun.Courses.STAY,
    progress: Progress = nobody_watches,
) -> Report:
    """
    Import a file: all of it, or nothing and a report that names line, column and remedy.

    :param mapping: a TOML file (docs/guides/mappings/), else as remembered or guessed from the column titles
    :param gone: whether what this source brought before and no longer names is left, or ends today
    :param ends_many: confirms that more than a fifth of it may end
    :param courses: whether the courses of those who come to another class stay, or follow the class
    """
    path = Path(path)
    told = Path(mapping) if isinstance(mapping, str) else mapping
    file = BroughtFile(path, path.name, told, proposed_mapping, progress)
    asked = Asked(by, at, dry_run, gone, ends_many, courses)
    report = Report(str(kind), path.name, dry_run=dry_run)
    run = None if dry_run else ImportRun(kind=str(kind), source_name=path.name[:200], by=by, at=at, gone=gone)
    try:
        carry_out(str(kind), file, asked, report, lambda heard: keep(run, report, heard))
    except OSError as problem:
        report.refused = _("The file %(name)s cannot be opened: %(problem)s.") % {
            "name": path.name,
            "problem": problem.strerror,
        }
    except Refusal as refusal:
        report.refused = str(refusal)
    if not report.applied:
        keep(run, report)
    return report


IMPORT_FILE = TracedAct("exchange.import_file", gettext_lazy("brought in the file %(subject)s"))


def carry_out(
    key: str, file: BroughtFile, asked: Asked, report: Report, on_writing: Callable[[Heard], None]
) -> None:
    """
    Compare a file and write it, in one transaction; undo that when it is a trial, or something is wrong.

    So a trial and its application do the same. Whoever types meanwhile waits until it is over.

    :param on_writing: what is written with it, in the same transaction: the run, and what undoes it
    """
    kind = kind_called(key)
    contents = kind.read(file)
    report.source = contents.source
    work = Import(
        report,
        contents.source,
        asked.at,
        asked.by,
        brought_before=lambda of: brought_before(of, contents.source),
        ends_gone=asked.gone == ImportRun.Gone.END,
        ends_many=asked.ends_many,
        moves_courses=asked.courses == ImportRun.Courses.FOLLOW,
        makes_missing=contents.makes_missing,
    )
    _tell_left_out(contents, report)
    try:
        with transaction.atomic():
            one_at_a_time()
            with listening(ignoring=(Trace, ImportRun)) as heard:
                kind.bring(work, contents.what)
                if not (asked.dry_run or report.has_errors):
                    _remember_origins(work)
            if asked.dry_run or report.has_errors:
                transaction.set_rollback(True)
            else:
                report.applied = True
                note(IMPORT_FILE, by=asked.by, subject=file.name, kind=key, counts=report.counts)
                on_writing(heard)
    finally:
        forget_what_changed()


def _tell_left_out(contents: Contents, report: Report) -> None:
    """Say what is not read, for whoever thinks that it came in. A mapping file means what it says."""
    if contents.left_out:
        names = ", ".join(column[:40] for column in contents.left_out[:MOST_COLUMNS])
        words = _("These columns are not read: %(columns)s.") % {"columns": names}
        remedy = _("If they are wanted, match them on the page of the columns, then compare again.")
        status = Status.NOTE if contents.is_told else Status.WARNING
        report.add(Line(status, wrong=words, remedy="" if contents.is_told else remedy))
    for line in contents.asides:
        words = _(
            "The line is about nobody, it seems: a total, a day of printing, the titles. It is left out."
        )
        report.add(Line(Status.WARNING, line, wrong=words))


def _remember_origins(work: Import) -> None:
    """Remember what the source brought, so that its next file shows what is gone."""
    for kind, fresh in work.to_remember.items():
        known = {each.key: each for each in Origin.objects.of(kind, work.source)} if fresh else {}
        other = [known[key] for key in fresh if key in known]
        for origin in other:
            origin.record_id = fresh[origin.key]
        Origin.objects.bulk_update(other, ["record_id"], batch_size=500)
        Origin.objects.bulk_create(
            (
                Origin(kind=kind, source=work.source, key=key, record_id=record)
                for key, record in fresh.items()
                if key not in known
            ),
            batch_size=500,
        )


@transaction.atomic
def keep(run: ImportRun | None, report: Report, heard: Heard | None = None) -> None:
    """Keep a run with its report, line by line, and with what it takes to undo it."""
    if run is None:
        return
    stages = ImportRun.Stage
    run.report, run.applied, run.source = report.summary(), report.applied, report.source[:40]
    checked = stages.REFUSED if report.has_errors else stages.CHECKED
    run.stage = stages.APPLIED if report.applied else checked
    run.applied_at = clock.now() if report.applied else None
    run.save()
    run.lines.all().delete()
    ImportLine.objects.bulk_create(
        (
            ImportLine(
                run=run,
                status=line.status,
                line=line.line,
                file=_kept(line.file, 80),
                column=_kept(line.column, 200),
                subject=_kept(line.subject, 200),
                wrong=_kept(line.wrong),
                remedy=_kept(line.remedy),
                changes=[change.as_list() for change in line.changes],
            )
            for line in report.lines
        ),
        batch_size=1000,
    )
    if heard is not None:
        insert_records(list(footprint_rows(run, heard)))


def _kept(text: str, longest: int = 2000) -> str:
    """Return a text as the database keeps it: without the sign no database holds, and not endless."""
    return text.replace("\0", "")[:longest]


def one_at_a_time() -> None:
    """Wait for an import that is being written just now, so that each sees what the other brought."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def remember_mapping(*, kind: str, signature: str, spec: Spec, by: Person | None, at: datetime) -> Mapping:
    """Remember how a file with these titles was mapped: the next one needs no hand."""
    mapping, _created = Mapping.objects.update_or_create(
        kind=kind,
        source_signature=signature,
        defaults={"source": spec.source, "spec": spec.as_dict(), "saved_by": by, "saved_at": at},
    )
    return mapping

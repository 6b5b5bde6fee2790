"""Reading a file, comparing it with what the school knows, and writing all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from preau.exchange.intake import Intake
from preau.exchange.kinds import KINDS, STAFF_NUMBERS
from preau.exchange.models import ImportLine, ImportRun, KindOfImport, Mapping
from preau.exchange.oneroster import SOURCE, plan_bundle, read_bundle, year_of
from preau.exchange.plans import PLANS
from preau.exchange.queries import proposed_mapping
from preau.exchange.sources import read_source
from preau.gradebook.actions import adopt_defaults
from preau.kit.memory import forget_what_changed
from preau.kit.imports.mappings import Spec, check_against, read_toml
from preau.kit.imports.records import read_records
from preau.kit.imports.report import Report
from preau.kit.imports.targets import Kind
from preau.kit.progress import Progress, nobody_watches
from preau.kit.refusals import Refusal
from preau.people.models import Person
from preau.structure.actions import ensure_current_year
from preau.structure.models import SchoolYear
from preau.trail.actions import note

ONE_AT_A_TIME = 7_283_001
"""The lock that imports wait for on PostgreSQL; SQLite has one writer anyway."""
MANY_NAMES = 12


@dataclass
class Wish:
    """What somebody asks of a file."""

    kind: str
    path: Path
    name: str
    by: Person | None
    at: datetime
    spec: Spec | None = None
    gone: str = ImportRun.Gone.LEAVE
    ends_many: bool = False
    dry_run: bool = False
    progress: Progress = field(default=nobody_watches)


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
    progress: Progress = nobody_watches,
) -> Report:
    """
    Import a file: all of it, or nothing and a report that names line, column and remedy.

    :param mapping: a TOML file (docs/guides/mappings/), else as remembered or guessed from the column titles
    :param gone: whether what this source brought before and no longer names is left, or ends today
    :param ends_many: confirms that more than a fifth of it may end
    """
    path = Path(path)
    wish = Wish(
        str(kind), path, path.name, by, at, gone=gone, ends_many=ends_many, dry_run=dry_run, progress=progress
    )
    report = Report(wish.kind, path.name, dry_run=dry_run)
    run = None if dry_run else ImportRun(kind=wish.kind, source_name=path.name[:200], by=by, at=at, gone=gone)
    try:
        if wish.kind in KINDS:
            wish.spec = _spec(mapping, KINDS[wish.kind])
        carry_out(wish, report, lambda: keep(run, report))
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


def _spec(mapping: Path | str | Spec | None, kind: Kind) -> Spec | None:
    if mapping is None or isinstance(mapping, Spec):
        return mapping
    return read_toml(Path(mapping), kind)


def carry_out(wish: Wish, report: Report, on_writing: Callable[[], None]) -> None:
    """
    Compare a file and, unless it is a dry run or something is wrong, write it, in one transaction.

    :param on_writing: what is written with it, in the same transaction: the record of the run
    """
    compare = _bundle(wish, report) if wish.kind == KindOfImport.ONEROSTER else _table(wish, report)
    with transaction.atomic():
        _one_at_a_time()
        adopt_defaults()
        intake = compare()
        _tell_what_is_made(intake, report)
        if wish.dry_run or report.has_errors:
            transaction.set_rollback(True)
        else:
            intake.draft.write()
            report.applied = True
            note("exchange.import_file", by=wish.by, subject=wish.name, kind=wish.kind, counts=report.counts)
            on_writing()
    forget_what_changed()


@transaction.atomic
def keep(run: ImportRun | None, report: Report) -> None:
    """Keep a run with its report, line by line."""
    if run is None:
        return
    stages = ImportRun.Stage
    run.report, run.applied, run.source = report.summary(), report.applied, report.source[:40]
    checked = stages.REFUSED if report.has_errors else stages.CHECKED
    run.stage = stages.APPLIED if report.applied else checked
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


def _kept(text: str, longest: int = 2000) -> str:
    """Return a text as the database keeps it: without the sign no database holds, and not endless."""
    return text.replace("\0", "")[:longest]


def _table(wish: Wish, report: Report) -> Callable[[], Intake]:
    table = read_source(wish.kind, wish.path, wish.name, wish.spec)
    kind = KINDS[wish.kind]
    spec = check_against(wish.spec or proposed_mapping(kind, table)[0], table, kind)
    report.source = spec.source
    records = read_records(table, spec, kind, name=wish.name, progress=wish.progress)

    def compare() -> Intake:
        year = ensure_current_year(by=wish.by, at=wish.at)
        intake = _intake(wish, report, year, spec.source, spec.create_missing, STAFF_NUMBERS)
        PLANS[wish.kind](intake, records)
        return intake

    return compare


def _bundle(wish: Wish, report: Report) -> Callable[[], Intake]:
    with wish.path.open("rb") as file:
        bundle = read_bundle(file, progress=wish.progress)
    report.source = SOURCE

    def compare() -> Intake:
        year = year_of(bundle, by=wish.by, at=wish.at)
        intake = _intake(wish, report, year, SOURCE, create_missing=True, staff_numbers=SOURCE)
        plan_bundle(intake, bundle)
        return intake

    return compare


def _intake(
    wish: Wish, report: Report, year: SchoolYear, source: str, create_missing: bool, staff_numbers: str
) -> Intake:
    return Intake(
        report=report,
        source=source,
        year=year,
        by=wish.by,
        at=wish.at,
        gone=wish.gone,
        ends_many=wish.ends_many,
        create_missing=create_missing,
        staff_numbers=staff_numbers,
    )


def _tell_what_is_made(intake: Intake, report: Report) -> None:
    made = intake.structure.made
    if not made:
        return
    more = "…" if len(made) > MANY_NAMES else "."
    words = _("These classes, courses or groups do not exist yet and are made (%(count)d): %(names)s")
    report.note(words % {"count": len(made), "names": ", ".join(made[:MANY_NAMES])} + more)


def _one_at_a_time() -> None:
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

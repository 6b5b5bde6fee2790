"""`preau import`: bring a file of pupils, staff, courses or marks in, all of it or nothing."""

from __future__ import annotations

import argparse
import json
import os
import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from .bars import bar
from .migrate import fill_an_empty_database
from .parsers import Commands

if TYPE_CHECKING:
    from preau.kit.imports.report import Line, Report

TELLING = {"error", "warning", "note"}
MOST_LINES = 200


def describe(commands: Commands) -> None:
    about = _("bring a file in, all of it or nothing")
    parser = commands.add_parser(
        "import",
        help=about,
        description=about,
        epilog=_("Exit status: 0 applied, 1 refused with the report, 2 wrong call."),
    )
    parser.add_argument(
        "kind",
        metavar="KIND",
        help=_("what it holds: people, staff…; another word lists them all"),
    )
    parser.add_argument(
        "file", metavar="FILE", type=Path, help=_("csv, xlsx, xls or ods; a zip for oneroster")
    )
    parser.add_argument("--mapping", type=Path, metavar="FILE.toml", help=_("which column is what"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))
    parser.add_argument("--json", action="store_true", help=_("give the report as JSON"))
    parser.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    for path in (arguments.file, arguments.mapping):
        if path is not None and not (path.is_file() and os.access(path, os.R_OK)):
            print(_("preau: %(path)s cannot be read. Check its name.") % {"path": path}, file=sys.stderr)
            return 2
    from preau.exchange.actions import run_import
    from preau.kit import clock
    from preau.kit.imports.kinds import NoSuchKind, kind_called

    try:
        kind_called(arguments.kind)
    except NoSuchKind as refusal:
        print(f"preau: {refusal}", file=sys.stderr)
        return 2
    fill_an_empty_database()
    with bar(_("Reading %s") % arguments.file.name) as progress:
        report = run_import(
            kind=arguments.kind,
            path=arguments.file,
            mapping=arguments.mapping,
            dry_run=arguments.dry_run,
            by=None,
            at=clock.now(),
            progress=progress,
        )
    print(json.dumps(report.as_dict(), ensure_ascii=False, indent=2) if arguments.json else told(report))
    return int(report.exit_status)


def told(report: Report) -> str:
    """Return the report as people read it: what is wrong line by line, then what it comes to."""
    spoken = [line for line in report.lines if str(line.status) in TELLING]
    lines = [_line(line) for line in spoken[:MOST_LINES]]
    if len(spoken) > MOST_LINES:
        lines.append(_("… and %s more. The whole report: --json") % (len(spoken) - MOST_LINES))
    counts = _("%(new)s new, %(changed)s changed, %(gone)s gone, %(unchanged)s as before, %(errors)s wrong.")
    lines.append(counts % report.counts)
    if report.refused:
        lines.append(str(report.refused))
    if report.applied:
        lines.append(_("Everything is in."))
    elif report.exit_status:
        lines.append(_("Nothing was written. Mend what is said above, then bring the file again."))
    else:
        lines.append(_("Nothing was written: this was a trial. Without --dry-run it is applied."))
    return "\n".join(lines)


def _line(line: Line) -> str:
    where = ", ".join(
        words
        for words in (
            line.file,
            _("line %s") % line.line if line.line else "",
            _("column %s") % line.column if line.column else "",
        )
        if words
    )
    said = " ".join(str(words) for words in (line.wrong, line.remedy) if words)
    return f"{where}: {said}" if where else said

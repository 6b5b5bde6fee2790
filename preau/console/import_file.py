"""`preau import`: bring a file of pupils, staff, courses or marks in, all of it or nothing."""

import argparse
import json
import os
import sys
from gettext import gettext as _
from pathlib import Path

from .bars import bar

KINDS = ("people", "staff", "courses", "memberships", "grades", "oneroster")


def describe(commands) -> None:
    about = _("bring a file in, all of it or nothing")
    parser = commands.add_parser(
        "import",
        help=about,
        description=about,
        epilog=_("Exit status: 0 applied, 1 refused with the report, 2 wrong call."),
    )
    parser.add_argument("kind", metavar="KIND", choices=KINDS, help=_("one of: %s") % ", ".join(KINDS))
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

    with bar(_("Reading %s") % arguments.file.name):
        report = run_import(
            kind=arguments.kind,
            path=arguments.file,
            mapping=arguments.mapping,
            dry_run=arguments.dry_run,
            by=None,
            at=clock.now(),
        )
    if arguments.json:
        print(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        print(report)
    return int(report.exit_status)

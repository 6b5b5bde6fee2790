"""`preau backup FILE`: the whole school in one file, taken while people go on working."""

import argparse
import json
from gettext import gettext as _
from pathlib import Path

from .bars import bar
from .parsers import Commands


def describe(commands: Commands) -> None:
    about = _("put the whole school (database and files) in one .tar.gz, while people go on working")
    parser = commands.add_parser("backup", help=about, description=about)
    parser.add_argument(
        "file", metavar="FILE", type=Path, help=_("where to put it, e.g. preau-2027-06-08.tar.gz")
    )
    parser.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from preau.kit import clock

    from .archive import pack

    with bar(_("Backup")) as progress:
        manifest = pack(arguments.file, progress=progress)
    taken = {"at": clock.on_the_wall().isoformat(), "file": str(arguments.file.resolve())}
    (settings.DATA_DIR / "last-backup.json").write_text(json.dumps(taken))
    size = arguments.file.stat().st_size / 1_000_000
    print(
        _(
            "%(file)s holds the database and %(count)s files (%(size).1f MB). "
            "Keep it elsewhere than on this machine."
        )
        % {"file": arguments.file, "count": len(manifest["members"]) - 1, "size": size}
    )
    if manifest["vanished"]:
        print(
            _("Files that somebody removed meanwhile, and that are not in it: %(count)s.")
            % {"count": len(manifest["vanished"])}
        )
    if settings.FILES_AT:
        print(
            _("The files stay in %(bucket)s. Let the bucket keep old versions for as long as your backups.")
            % {"bucket": settings.FILES_AT}
        )
    return 0

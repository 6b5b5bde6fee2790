"""`preau restore FILE`: bring a whole school back from a backup."""

import argparse
from gettext import gettext as _
from pathlib import Path

from .bars import bar
from .parsers import Commands


def describe(commands: Commands) -> None:
    about = _("bring a whole school back from a backup; stop the server first")
    parser = commands.add_parser("restore", help=about, description=about)
    parser.add_argument("file", metavar="FILE", type=Path, help=_("a file that `preau backup` made"))
    parser.add_argument("--yes", action="store_true", help=_("replace the school that is here: it is lost"))
    parser.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    from preau.files.queries import bytes_missing

    from .refusals import SchoolIsHere
    from .unpacking import school_is_empty, unpack

    if not arguments.yes and not school_is_empty():
        raise SchoolIsHere
    with bar(_("Restoring")) as progress:
        manifest = unpack(arguments.file, progress=progress)
    print(_("The school is back as it was on %(day)s.") % {"day": manifest["made_at"][:16].replace("T", " ")})
    if missing := bytes_missing():
        print(
            _("Files that it names and that are missing where files are kept: %(count)s.")
            % {"count": missing}
        )
    return 0

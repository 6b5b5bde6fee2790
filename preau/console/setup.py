"""`preau setup`: make everything ready to serve. Safe to run again."""

import argparse
from gettext import gettext as _

from .parsers import Commands


def describe(commands: Commands) -> None:
    about = _("make the database, the files of the pages and the translations ready; safe to run again")
    parser = commands.add_parser("setup", help=about, description=about)
    parser.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    from django.core.management import call_command

    from preau.kit.messages import compile_all

    compile_all()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    print(_("Everything is ready."))
    return 0

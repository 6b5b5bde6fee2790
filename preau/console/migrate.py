"""`preau migrate`: bring the database to this version."""

import argparse
from gettext import gettext as _


def describe(commands) -> None:
    about = _("bring the database to this version of Préau")
    parser = commands.add_parser("migrate", help=about, description=about)
    parser.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    print(_("The database is up to date."))
    return 0

"""`preau migrate`: bring the database to this version."""

import argparse
from gettext import gettext as _

from .parsers import Commands


def describe(commands: Commands) -> None:
    about = _("bring the database to this version of Préau")
    parser = commands.add_parser("migrate", help=about, description=about)
    parser.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    print(_("The database is up to date."))
    return 0


def fill_an_empty_database() -> None:
    """Make the tables of a database that has none: a first import then needs nothing before it."""
    from django.core.management import call_command
    from django.db import connection

    if not connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=0)

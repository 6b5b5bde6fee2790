"""The `preau` command and its subcommands, each a module of this package."""

import argparse
import os
import sys
from collections.abc import Sequence
from gettext import gettext as _

from . import (
    backup,
    bounce,
    check,
    demo,
    import_file,
    ledger,
    migrate,
    report_cards,
    restore,
    serve,
    setup,
    worker,
)
from .words import language, speak

COMMANDS = (
    serve,
    worker,
    setup,
    migrate,
    demo,
    import_file,
    report_cards,
    ledger,
    bounce,
    backup,
    restore,
    check,
)

REFUSED = 1
WRONG_CALL = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; return 0 when it is done, 1 when it was refused, 2 when the call is wrong."""
    speak()
    arguments = make_parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("PREAU_LANGUAGE", language())
    return _run(arguments)


def make_parser() -> argparse.ArgumentParser:
    """Describe every subcommand."""
    parser = argparse.ArgumentParser(
        prog="preau", description=_("Préau, the school platform: run it, fill it, look after it.")
    )
    commands = parser.add_subparsers(title=_("commands"), dest="command", metavar=_("COMMAND"), required=True)
    for command in COMMANDS:
        command.describe(commands)
    return parser


def _run(arguments: argparse.Namespace) -> int:
    from django.core.exceptions import ImproperlyConfigured
    from django.utils import translation

    from preau.kit.refusals import Refusal

    try:
        if arguments.needs_the_school:
            wake_the_school()
        with translation.override(language()):
            return int(arguments.run(arguments))
    except ImproperlyConfigured as error:
        return _say(str(error), WRONG_CALL)
    except Refusal as refusal:
        with translation.override(language()):
            return _say(str(refusal), REFUSED)
    except KeyboardInterrupt:
        return _say(_("Interrupted. What was not finished was not kept."), INTERRUPTED)


def wake_the_school() -> None:
    """Load the school's settings and apps, once."""
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _say(words: str, status: int) -> int:
    print(f"preau: {words}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())

"""`preau demo`: open the demonstration lycée in an empty database."""

import argparse
import sys
from gettext import gettext as _

from .bars import bar
from .parsers import Commands


def describe(commands: Commands) -> None:
    about = _("open the demonstration lycée in an empty database")
    parser = commands.add_parser("demo", help=about, description=about)
    parser.add_argument("--pupils", type=int, default=None, metavar="N", help=_("how many pupils (1000)"))
    parser.add_argument("--years", type=int, default=None, metavar="N", help=_("how many school years (1)"))
    parser.add_argument(
        "--seed", type=int, default=None, metavar="N", help=_("another school, always the same")
    )
    parser.add_argument("--if-empty", action="store_true", help=_("leave a school that is there as it is"))
    parser.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    from django.conf import settings
    from django.core.management import call_command

    from preau.kit.demo import Options, open_demonstration

    from .unpacking import school_is_empty

    if not settings.DEMO_MODE:
        print(_("preau: the demonstration opens only where PREAU_DEMO=1 is set."), file=sys.stderr)
        return 2
    told = {name: getattr(arguments, name) for name in ("pupils", "years", "seed")}
    options = Options(**{name: number for name, number in told.items() if number is not None})
    if options.pupils < 1 or options.years < 1:
        print(_("preau: a school has at least one pupil and one year."), file=sys.stderr)
        return 2
    call_command("migrate", interactive=False, verbosity=0)
    if arguments.if_empty and not school_is_empty():
        return 0
    with bar(_("Opening the demonstration")) as progress:
        summary = open_demonstration(options, progress)
    print(summary)
    return 0

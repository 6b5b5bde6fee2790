"""`preau check`: is this school ready to be used, and does it still run well?"""

import argparse
from gettext import gettext as _

from .parsers import Commands

SIGNS = ("✓", "!", "✗")


def describe(commands: Commands) -> None:
    about = _("check that this school is set up safely and runs well")
    parser = commands.add_parser(
        "check", help=about, description=about, epilog=_("Exit status: 0 ready, 1 something must be mended.")
    )
    parser.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    from .checks import Grade, findings

    found = list(findings())
    for finding in found:
        print(f"{SIGNS[finding.grade]} {finding.words}")
    worst = max(finding.grade for finding in found)
    print()
    print(
        {
            Grade.GOOD: _("All is well."),
            Grade.WARNING: _("It runs; what is marked ! is worth a look."),
            Grade.BAD: _("What is marked ✗ must be mended before people use this."),
        }[worst]
    )
    return int(worst == Grade.BAD)

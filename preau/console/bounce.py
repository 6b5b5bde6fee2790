"""`preau bounce < MESSAGE`: take a report that an e-mail came back, as a mail server hands it on."""

import argparse
import sys
from gettext import gettext as _

from .parsers import Commands


def describe(commands: Commands) -> None:
    about = _("take a report that an e-mail came back, from a pipe")
    parser = commands.add_parser("bounce", help=about, description=about)
    parser.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    """Read one message; what is no report of an e-mail of ours changes nothing, and is no mistake."""
    from preau.kit import clock
    from preau.mail.actions import note_bounce
    from preau.mail.reports import MOST_READ, report_in

    report = report_in(sys.stdin.buffer.read(MOST_READ))
    if report and note_bounce(report=report, at=clock.now()):
        print(_("The address is kept: e-mails to it wait."))
    else:
        print(_("This is no report of an e-mail that we sent; nothing was changed."))
    return 0

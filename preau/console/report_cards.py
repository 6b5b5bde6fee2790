"""`preau report-cards build|publish --period NAME`: make the report cards of a period, let families read."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from gettext import gettext as _
from typing import TYPE_CHECKING

from .bars import bar
from .parsers import Commands

if TYPE_CHECKING:
    from preau.report_cards.models import Build
    from preau.structure.models import ReportPeriod


def describe(commands: Commands) -> None:
    about = _("make the report cards of a period, or publish them")
    parser = commands.add_parser("report-cards", help=about, description=about)
    acts = parser.add_subparsers(title=_("commands"), dest="act", metavar=_("COMMAND"), required=True)
    for name, words in (
        ("build", _("make every report card of the period")),
        ("publish", _("let pupils and families read them from now on")),
    ):
        act = acts.add_parser(name, help=words, description=words)
        act.add_argument(
            "--period", required=True, metavar="NAME", help=_("code or name of a period of this year")
        )
        act.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    from preau.kit import clock
    from preau.report_cards import actions

    period = period_named(arguments.period)
    if period is None:
        print(_("preau: %s") % no_such_period(arguments.period), file=sys.stderr)
        return 2
    if arguments.act == "build":
        with bar(_("Report cards of %s") % period.name) as progress:
            build = actions.build_report_cards(period=period, by=None, at=clock.now(), progress=progress)
        print(told(build))
    else:
        release = actions.publish_report_cards(period=period, by=None, at=clock.now())
        moments = {"pupils": shown(release.published_at), "parents": shown(release.parents_at)}
        print(_("Published: pupils read from %(pupils)s on, parents from %(parents)s on.") % moments)
    return 0


def told(build: Build) -> str:
    """Return in sentences what a build found and made."""
    lines = []
    if build.closed:
        lines.append(_("%s gradebooks were still open: they are closed now.") % build.closed)
    counts = {"made": build.made, "kept": build.kept}
    lines.append(_("%(made)s report cards made; %(kept)s said the same already.") % counts)
    if build.to_correct:
        words = _("%s published cards would say something else now: correct them one by one.")
        lines.append(words % build.to_correct)
    return "\n".join(lines)


def shown(moment: datetime) -> str:
    from django.utils import timezone

    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M}"


def period_named(name: str) -> ReportPeriod | None:
    """Return the report period of this year with that code or name, whatever its case and accents."""
    from preau.people.models import name_for_sorting
    from preau.structure.queries import current_year, periods_of

    wanted = name_for_sorting(name)
    for period in periods_of(current_year()):
        if wanted in {name_for_sorting(period.code), name_for_sorting(period.name)}:
            return period
    return None


def no_such_period(name: str) -> str:
    from preau.structure.queries import current_year, periods_of

    known = ", ".join(f"{period.code} ({period.name})" for period in periods_of(current_year()))
    if not known:
        return _("this school has no report period yet. Create the school year and its periods first.")
    return _("no period is called “%(name)s”. This year has: %(known)s.") % {"name": name, "known": known}

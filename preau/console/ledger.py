"""`preau ledger [--period CODE | --file FILE] [--json]`: check that no sealed grade was changed unseen."""

import argparse
import json
import sys
from gettext import gettext as _
from pathlib import Path

from .parsers import Commands
from .report_cards import no_such_period, period_named


def describe(commands: Commands) -> None:
    about = _("check that the grades of closed gradebooks still say what they said")
    parser = commands.add_parser("ledger", help=about, description=about)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--period", metavar="NAME", help=_("code or name of a period; all periods unless told"))
    what.add_argument("--file", type=Path, metavar="FILE", help=_("a ledger that was taken away as a file"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object instead of sentences"))
    parser.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    found = _of_file(arguments.file) if arguments.file else _of_periods(arguments.period)
    if found is None:
        return 2
    broken = [problem for chain in found for problem in chain["broken"]]
    if arguments.json:
        print(json.dumps({"intact": not broken, "periods": found}))
        return int(bool(broken))
    for chain in found:
        told = {**chain, "broken": len(chain["broken"])}
        print(_("%(period)s: %(seals)s seals, %(broken)s broken.") % told)
        for problem in chain["broken"]:
            print(f"  {problem['number']}: {problem['words']}")
    return int(bool(broken))


def _of_periods(name: str | None) -> list | None:
    from preau.gradebook import queries
    from preau.structure.models import ReportPeriod

    period = period_named(name) if name else None
    if name and period is None:
        print(_("preau: %s") % no_such_period(name), file=sys.stderr)
        return None
    periods = [period] if period else list(ReportPeriod.objects.order_by("starts_on"))
    ledgers = [queries.ledger_of(period) for period in periods]
    return [
        {
            "period": str(ledger.period),
            "seals": len(ledger.states),
            "broken": [{"number": state.seal.number, "words": state.words} for state in ledger.broken],
        }
        for ledger in ledgers
    ]


def _of_file(file: Path) -> list | None:
    from preau.gradebook import ledger
    from preau.gradebook.queries import words_of_problems

    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        findings, seals = ledger.of_file(content)
    except (OSError, ValueError) as problem:
        words = problem if isinstance(problem, OSError) else _("%s is not the ledger of a period.") % file
        print(_("preau: %s") % words, file=sys.stderr)
        return None
    names = content.get("grades", {})
    broken = [
        {
            "number": seal.claim["number"],
            "words": words_of_problems(
                finding.problems, [names.get(str(key), str(key)) for key in finding.grades]
            ),
        }
        for finding, seal in zip(findings, seals, strict=True)
        if finding.problems
    ]
    return [{"period": str(content.get("period", file.name)), "seals": len(seals), "broken": broken}]

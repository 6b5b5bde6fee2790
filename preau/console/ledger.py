"""`preau ledger`: check that no sealed grade, and nothing results are made of, was changed unseen."""

from __future__ import annotations

import argparse
import json
import sys
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .parsers import Commands
from .report_cards import no_such_period, period_named

if TYPE_CHECKING:
    from preau.gradebook.ledger import Sealed
    from preau.gradebook.queries import TakenLedger

Told = dict[str, Any]


def describe(commands: Commands) -> None:
    about = _("check that the grades of closed gradebooks still say what they said")
    parser = commands.add_parser("ledger", help=about, description=about)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--period", metavar="NAME", help=_("code or name of a period; all periods unless told"))
    what.add_argument("--file", type=Path, metavar="FILE", help=_("a ledger that was taken away as a file"))
    parser.add_argument(
        "--key",
        action="append",
        metavar="KEY",
        help=_("the public key that the school gave you; may be repeated"),
    )
    parser.add_argument(
        "--against", type=Path, metavar="FILE", help=_("an earlier ledger: its seals must all be there still")
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object instead of sentences"))
    parser.set_defaults(run=run, needs_the_school=True)


class WrongCall(Exception):  # noqa: N818 – what is wrong, said as it is.
    """What was asked cannot be done, in words."""


def run(arguments: argparse.Namespace) -> int:
    try:
        found, replaced = _found(arguments)
    except WrongCall as wrong:
        print(_("preau: %s") % wrong, file=sys.stderr)
        return 2
    left = _not_compared(arguments)
    kinds = ("broken", "ends", "changed_cards")
    is_intact = not replaced and not any(chain[name] for chain in found for name in kinds)
    if arguments.json:
        told = {"intact": is_intact, "periods": found, "replaced": replaced, "not_compared": left}
        print(json.dumps(told, ensure_ascii=False))
        return int(not is_intact)
    for chain in found:
        _say(chain)
    if arguments.against:
        _say_against(replaced)
    for words in left:
        print(words)
    return int(not is_intact)


def _say(chain: Told) -> None:
    words = _("%(period)s: %(seals)s seals, %(broken)s broken.")
    print(words % {**chain, "broken": len(chain["broken"])})
    for problem in chain["broken"]:
        print(f"  {problem['number']}: {problem['words']}")
    for words in chain["ends"]:
        print(f"  {words}")
    if chain["cards"]:
        words = _("  %(cards)s report cards, %(changed)s changed since they were made.")
        print(words % {**chain, "changed": len(chain["changed_cards"])})
    for card in chain["changed_cards"]:
        print(f"    {card}")


def _say_against(replaced: list[int]) -> None:
    if replaced:
        words = ngettext(
            "%(n)s seal of the earlier ledger is gone or was replaced: %(numbers)s.",
            "%(n)s seals of the earlier ledger are gone or were replaced: %(numbers)s.",
            len(replaced),
        )
        print(words % {"n": len(replaced), "numbers": ", ".join(map(str, replaced))})
    else:
        print(_("All the seals of the earlier ledger are there still."))


def _not_compared(arguments: argparse.Namespace) -> list[str]:
    """Say what was not looked at, and how to: a check that is silent about it would promise too much."""
    told = []
    if arguments.file and not arguments.key:
        told.append(
            _(
                "Not compared: the key. The file names its own, and whoever forges a file names another. "
                "Give the key you had from the school with --key."
            )
        )
    if not arguments.against:
        told.append(
            _(
                "Not compared: an earlier ledger. Whoever holds the database and the secret key of the "
                "school can write all seals anew; only a ledger taken away before shows it (--against)."
            )
        )
    return told


def _found(arguments: argparse.Namespace) -> tuple[list[Told], list[int]]:
    """
    Return what was found of each chain, and which seals of the earlier ledger are no longer there.

    :raises WrongCall: when a file is no ledger, or no period has the name
    """
    earlier = _taken(arguments.against) if arguments.against else None
    if arguments.file:
        now = _taken(arguments.file)
        replaced = _replaced(earlier, now.seals) if earlier else []
        return [_of_file(now, arguments.key)], replaced
    found = _of_periods(arguments.period, arguments.key)
    return found, _replaced(earlier, _seals_there(earlier)) if earlier else []


def _of_periods(name: str | None, keys: list[str] | None) -> list[Told]:
    from preau.gradebook import queries
    from preau.report_cards.queries import cards_found
    from preau.structure.models import ReportPeriod

    period = period_named(name) if name else None
    if name and period is None:
        raise WrongCall(no_such_period(name))
    periods = [period] if period else list(ReportPeriod.objects.order_by("starts_on"))
    return [
        {
            "period": str(ledger.period),
            "seals": len(ledger.states),
            "broken": [{"number": state.seal.number, "words": state.words} for state in ledger.broken],
            "ends": ledger.end_words,
            "cards": cards.count,
            "changed_cards": cards.changed,
        }
        for ledger, cards in ((queries.ledger_of(it, keys=keys), cards_found(it)) for it in periods)
    ]


def _taken(file: Path) -> TakenLedger:
    from preau.gradebook.queries import NotALedger, read_ledger

    try:
        return read_ledger(json.loads(file.read_text(encoding="utf-8")))
    except OSError as problem:
        raise WrongCall(problem) from problem
    except (NotALedger, ValueError, RecursionError) as problem:
        raise WrongCall(_("%s is not the ledger of a period.") % file) from problem


def _of_file(taken: TakenLedger, keys: list[str] | None) -> Told:
    from preau.gradebook.queries import words_of_end, words_of_problems

    trusted = keys or taken.keys
    broken = [
        {
            "number": seal.claim["number"],
            "words": words_of_problems(
                finding.problems, [taken.name_of(str(it)) for it in (*finding.grades, *finding.things)]
            ),
        }
        for finding, seal in zip(taken.inspect(trusted), taken.seals, strict=True)
        if finding.problems
    ]
    return {
        "period": taken.period,
        "seals": len(taken.seals),
        "broken": broken,
        "ends": words_of_end(taken.end(trusted)),
        "cards": 0,
        "changed_cards": [],
    }


def _seals_there(earlier: TakenLedger) -> list[Sealed]:
    from preau.gradebook.queries import seals_with_keys

    return seals_with_keys({seal.claim["period"] for seal in earlier.seals})


def _replaced(earlier: TakenLedger, seals: list[Sealed]) -> list[int]:
    from preau.gradebook.queries import replaced_since

    return replaced_since(earlier, seals)

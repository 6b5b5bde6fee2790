"""What became of the mutants of a file, from what mutmut wrote down."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile, zip_longest
from pathlib import Path

SURVIVED, UNTESTED = 0, {5, 33}
ALIKE = {
    (mutant["where"], mutant["becomes"])
    for mutant in tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text())["mutant"]
}


@dataclass
class Outcome:
    """How many mutants of a file were noticed, and what the others say."""

    killed: int = 0
    alike: int = 0
    """Those that are known to change nothing."""
    survivors: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.killed + len(self.survivors)

    def __str__(self) -> str:
        share = f"{100 * self.killed / self.total:.1f} %" if self.total else "–"
        alike = f"   ({self.alike} change nothing)" if self.alike else ""
        return f"{self.killed:5} of {self.total:5}  {share:>8}{alike}"


def outcome_of(copy: Path, path: str) -> Outcome:
    """Return what became of the mutants of a file."""
    written = copy / "mutants" / f"{path}.meta"
    codes: dict[str, int | None] = (
        json.loads(written.read_text())["exit_code_by_key"] if written.exists() else {}
    )
    functions = functions_of(copy / "mutants" / path) if codes else {}
    outcome = Outcome()
    for mutant, code in codes.items():
        if code is None:
            raise SystemExit(f"{mutant} was not tried.")
        if code != SURVIVED and code not in UNTESTED:
            outcome.killed += 1
            continue
        where, was, becomes = difference(functions, mutant)
        if (where, becomes) in ALIKE:
            outcome.alike += 1
        else:
            untested = "  (no test comes here)" if code in UNTESTED else ""
            was, becomes = shortened(was, becomes)
            outcome.survivors.append(f"{where}{untested}\n  - {was}\n  + {becomes}")
    return outcome


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Return several outcomes as one, without their survivors' words."""
    whole = Outcome()
    for outcome in outcomes:
        whole.killed += outcome.killed
        whole.alike += outcome.alike
        whole.survivors += outcome.survivors
    return whole


def functions_of(mutated: Path) -> dict[str, list[str]]:
    """Return the lines of every function of a mutated file, by name."""
    return {
        node.name: ast.unparse(node).splitlines()
        for node in ast.walk(ast.parse(mutated.read_text()))
        if isinstance(node, ast.FunctionDef)
    }


def difference(functions: dict[str, list[str]], mutant: str) -> tuple[str, str, str]:
    """Return the function of a mutant, and the line that it changes: as it was, as it becomes."""
    module, _, name = mutant.rpartition(".")
    original = name.rpartition("__mutmut_")[0]
    where = f"{module}.{original.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}"
    lines = zip_longest(functions[f"{original}__mutmut_orig"], functions[name], fillvalue="")
    changed = [(was.strip(), becomes.strip()) for was, becomes in list(lines)[1:] if was != becomes]
    was, becomes = changed[0] if changed else ("(its signature)", functions[name][0])
    return where, was, becomes


def shortened(was: str, becomes: str, around: int = 50) -> tuple[str, str]:
    """Return what surrounds the place where two lines part."""
    same = sum(
        1 for _ in takewhile(lambda letters: letters[0] == letters[1], zip(was, becomes, strict=False))
    )
    return was[max(0, same - around) : same + around], becomes[max(0, same - around) : same + around]

"""docs/how/how-a-result-is-computed.md tells the truth: each of its examples is computed here."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from preau.grading.averages import Effect, Score, result
from preau.grading.fwb import TOKENS
from preau.grading.plans import Plan

PAGE = Path(__file__).parents[3] / "docs/how/how-a-result-is-computed.md"
EXAMPLES = re.findall(r"```result\n(.*?)```", PAGE.read_text(), re.DOTALL)
CELL = re.compile(r"(TJ|EXAM) (\S+)/(\S+) x(\S+)")
EFFECTS = {code: Effect.ZERO if effect == "ZERO" else Effect.LEFT_OUT for code, _name, _key, effect in TOKENS}


def read_cell(line):
    part, typed, out_of, weight = CELL.fullmatch(line).groups()
    effect = EFFECTS.get(typed, Effect.COUNTS)
    points = Decimal(typed) if effect is Effect.COUNTS else Decimal(0)
    return Score(Decimal(out_of), Decimal(weight), effect, points, is_exam=part == "EXAM")


def read_plan(line):
    given = dict(pair.split("=") for pair in line.removeprefix("plan ").split())
    kinds = {"by_points": lambda word: word == "yes", "drop_lowest": int}
    return Plan(**{name: kinds.get(name, Decimal)(value) for name, value in given.items()})


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_page(example):
    lines = example.splitlines()
    plan = next((read_plan(line) for line in lines if line.startswith("plan ")), Plan())
    (expected,) = [line.removeprefix("= ") for line in lines if line.startswith("= ")]

    found = result([read_cell(line) for line in lines if CELL.match(line)], plan)
    shown = plan.shown(found.share) if found.is_assessable else None

    assert shown == (None if expected == "none" else Decimal(expected))
    assert plan.fails(shown) is ("fails" in lines or (shown is not None and shown * 2 < plan.scale))


def test_the_page_has_examples():
    assert len(EXAMPLES) >= 8

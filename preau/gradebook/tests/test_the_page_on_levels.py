"""docs/how/how-a-level-is-made.md tells the truth: each of its examples is computed here."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from preau.gradebook.competence_levels import Method, outcome, rank_of
from preau.grading.fwb import SCALES

PAGE = Path(__file__).parents[3] / "docs/how/how-a-level-is-made.md"
EXAMPLES = [
    line
    for block in re.findall(r"```level\n(.*?)```", PAGE.read_text(), re.DOTALL)
    for line in block.splitlines()
]
LEVELS = [level for level in reversed(SCALES[0][1]) if level[4]]
RANKS = {level[0]: rank for rank, level in enumerate(LEVELS)}


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_page(example):
    asked, found = example.rsplit(" = ", 1)
    head, _, evaluations = (
        asked.partition(" : ") if " : " in asked else (asked.split()[0], "", asked.split(" ", 1)[1])
    )
    method, *least = head.split()
    thresholds = {RANKS[code]: Fraction(int(share), 100) for code, share in (it.split("=") for it in least)}

    ranks = [RANKS.get(code) for code in evaluations.split()]
    assert outcome(ranks, Method(method), thresholds).rank == RANKS[found]


def test_points_become_levels_as_the_page_says():
    reached_from = [Fraction(level[3], 100) for level in LEVELS]

    assert rank_of(Fraction(13, 20), reached_from) == RANKS["EVA"]
    assert {line.split()[0] for line in EXAMPLES} == {method.value for method in Method}

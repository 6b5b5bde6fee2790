"""Whoever computes again with the numbers of the annex finds the result that it shows."""

import re
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from preau.gradebook.documents.explaining import _gives, sentences_of
from preau.gradebook.documents.pages import decimals, exactly, percent
from preau.gradebook.models import Assessment
from preau.gradebook.queries import Cell
from preau.gradebook.queries.explaining import Explained, Term
from preau.grading import averages
from preau.grading.averages import Effect, Plan, Rounding, Score
from preau.grading.models import Category

A_LITTLE_MORE = Fraction(1, 20_000)
"""Stands for “…”: more than nothing, less than the last figure written."""
NUMBER = r"(\d+/\d+|\d+(?:\.\d+)?…?)"
OUT_OF = st.sampled_from([Decimal(it) for it in (6, 7, 10, 12, 15, 20, 30, 40, 60, 100)])
HALVES = st.integers(0, 200).map(lambda halves: Decimal(halves) / 2)


@st.composite
def some_scores(draw):
    """A period as a class has it: halves, certificates, work not handed in, examinations."""
    out_of = draw(OUT_OF)
    return Score(
        out_of=out_of,
        weight=draw(st.sampled_from([Decimal(1), Decimal(2), Decimal("0.5"), Decimal(3)])),
        effect=draw(st.sampled_from([Effect.COUNTS] * 6 + [Effect.ZERO, Effect.LEFT_OUT])),
        points=min(draw(HALVES), out_of),
        is_exam=draw(st.booleans()),
    )


plans = st.builds(
    Plan,
    daily_work_weight=st.sampled_from([Decimal(40), Decimal(50), Decimal(1)]),
    exam_weight=st.sampled_from([Decimal(60), Decimal(50), Decimal(2)]),
    scale=st.sampled_from([Decimal(100), Decimal(20), Decimal(60), Decimal(10)]),
    step=st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.1")]),
    rounding=st.sampled_from(list(Rounding)),
    rounds_components=st.booleans(),
    by_points=st.booleans(),
    drop_lowest=st.integers(0, 1),
    least_evidence=st.just(Decimal(0)),
)


def read(written: str) -> Fraction:
    """Read a number of the page as a reader would."""
    return Fraction(written.rstrip("…")) + (A_LITTLE_MORE if written.endswith("…") else 0)


def numbers(sentences: list[str], pattern: str) -> list[Fraction]:
    """Return the numbers that a sentence of this shape holds, none where there is no such sentence."""
    for sentence in sentences:
        if found := re.search(pattern.replace("#", NUMBER), sentence):
            return [read(it) for it in found.groups()]
    return []


def page(scores, plan):
    """Return the sentences of the annex about these scores, and the result it shows."""
    result = averages.result(scores, plan)
    assume(result.share is not None)
    shown = plan.shown(result.share)
    scheme = SimpleNamespace(plan=plan)
    course = Explained(group=None, scheme=scheme, teachers=[], terms=[], result=result, shown=shown)
    return sentences_of(course), shown


@given(st.lists(some_scores(), min_size=1, max_size=5), plans)
def test_the_last_number_rounds_to_the_result(scores, plan):
    sentences, shown = page(scores, plan)

    (value,) = numbers(sentences, "Out of .* that is #; in steps")

    assert plan.shown(value / Fraction(plan.scale)) == shown


@given(st.lists(some_scores(), min_size=1, max_size=5), plans)
def test_the_sums_of_the_page_give_the_result(scores, plan):
    sentences, shown = page(scores, plan)
    shares = []
    for name, weight in (("Daily work", plan.daily_work_weight), ("Examination", plan.exam_weight)):
        if sums := numbers(sentences, f"{name}: # achieved of #, that"):
            shares.append((plan.rounded_share(sums[0] / sums[1]), Fraction(weight)))

    together = averages.mean(shares)

    assert plan.shown(together) == shown


@given(st.lists(some_scores(), min_size=1, max_size=4), plans)
def test_what_is_written_of_the_components_gives_what_they_come_to_together(scores, plan):
    sentences, _shown = page(scores, plan)
    sums = numbers(sentences, r"\(# × # \+ # × #\) ÷ # = (?:\d+/\d+ = )?# %")
    assume(sums)
    daily, first, exam, second, whole, said = sums

    together = (daily * first + exam * second) / whole

    assert abs(together - said) < Fraction(1, 5_000)


@given(some_scores(), st.booleans())
def test_each_line_says_what_it_gives(score, by_points):
    assume(score.effect is Effect.COUNTS)
    it = Assessment(max_points=score.out_of, weight=score.weight, category=Category())

    written = read(_gives(Term(it, Cell(score.points, "", None)), Plan(by_points=by_points)))

    gives = score.points * score.weight if by_points else score.share * Fraction(score.weight)
    assert written == gives


@pytest.mark.parametrize(
    ("value", "in_decimals", "to_go_on", "in_percent"),
    [
        (Fraction(1, 2), "0.5", "0.5", "50"),
        (Fraction(7, 30), "0.2333…", "7/30", "70/3 = 23.3333…"),
        (Fraction(1, 10_000), "0.0001", "0.0001", "0.01"),
        (Fraction(99_999, 100_000), "0.9999…", "0.9999…", "99.999"),
        (Fraction(2, 3), "0.6666…", "2/3", "200/3 = 66.6666…"),
        (Fraction(1, 10_007), "0.0000…", "0.0000…", "0.0099…"),
        (Fraction(0), "0", "0", "0"),
        (Fraction(40), "40", "40", "4000"),
    ],
)
def test_a_number_is_cut_and_never_rounded(value, in_decimals, to_go_on, in_percent):
    assert (decimals(value), exactly(value), percent(value)) == (in_decimals, to_go_on, in_percent)

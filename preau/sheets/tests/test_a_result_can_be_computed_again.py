"""Whoever computes again with the numbers of the annex finds the result that it shows."""

import re
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from preau.gradebook.models import Assessment
from preau.gradebook.queries.explaining import Explained, Term
from preau.gradebook.queries.scores import live_result
from preau.grading import averages
from preau.grading.averages import Effect, Score
from preau.grading.models import Category
from preau.grading.plans import Plan, Rounding
from preau.sheets.documents.explaining import gives, sentences_of
from preau.sheets.documents.pages import exactly, percent

NUMBER = r"(\d+/\d+|\d+(?:\.\d+)?)"
OUT_OF = st.sampled_from([Decimal(it) for it in (6, 7, 10, 12, 15, 20, 30, 40, 60, 100)])
KINDS = (1, 2, 3)
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
        category=draw(st.sampled_from(KINDS)),
        assessment=draw(st.integers(1, 99)),
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
    category_weights=st.sampled_from([{}, {1: Decimal(3), 2: Decimal("0.5")}]),
)


def numbers(sentences: list[str], pattern: str) -> list[Fraction]:
    """Return the numbers that a sentence of this shape holds, none where there is no such sentence."""
    for sentence in sentences:
        if found := re.search(pattern.replace("#", NUMBER), sentence):
            return [Fraction(group) for group in found.groups()]
    return []


def page(scores, plan):
    """Return the sentences of the annex about these scores, and the result it shows."""
    result = live_result(1, 1, SimpleNamespace(plan=plan), scores)
    sums = averages.result(scores, plan)
    assume(sums.share is not None)
    assume(result.computed is not None)
    names = [
        Term(Assessment(category=Category(pk=key, name=f"Kind {key}")), scores[0], True) for key in KINDS
    ]
    course = Explained(group=None, scheme=result.scheme, teachers=[], terms=names, result=result, sums=sums)
    return sentences_of(course), result.computed


some = st.lists(some_scores(), min_size=1, max_size=5)


@given(some, plans)
def test_the_last_number_rounds_to_the_result(scores, plan):
    sentences, shown = page(scores, plan)

    (value,) = numbers(sentences, r"Out of .* that is #(?: ≈ [\d.]+)?; in steps")

    assert plan.shown(value / Fraction(plan.scale)) == shown


@given(some, plans)
def test_the_sums_of_the_page_give_the_result(scores, plan):
    sentences, shown = page(scores, plan)
    shares = []
    for name, weight in (("Daily work", plan.daily_work_weight), ("Examination", plan.exam_weight)):
        if sums := numbers(sentences, f"{name}: # achieved of #, that"):
            shares.append((plan.rounded_share(sums[0] / sums[1]), Fraction(weight)))
        elif kinds := _kinds(sentences):
            shares.append((plan.rounded_share(averages.mean(kinds)), Fraction(weight)))

    assert plan.shown(averages.mean(shares)) == shown


def _kinds(sentences):
    """Return the share and the weight of each kind of work, as the page tells them."""
    found = [numbers([sentence], "^Kind .*, weighing #: # achieved of #, that") for sentence in sentences]
    return [(told[1] / told[2], told[0]) for told in found if told]


@given(some, plans)
def test_what_is_written_of_the_components_gives_what_they_come_to_together(scores, plan):
    sentences, _shown = page(scores, plan)
    sums = numbers(sentences, r"\(# × # \+ # × #\) ÷ # = # ?(?:≈ [\d.]+ )?%")
    assume(sums)
    daily, first, exam, second, whole, said = sums

    assert (daily * first + exam * second) / whole == said


@given(some, plans)
def test_no_number_is_cut(scores, plan):
    sentences, _shown = page(scores, plan)

    assert "…" not in " ".join(sentences)


@given(some_scores(), st.booleans())
def test_each_line_says_what_it_gives(score, by_points):
    assume(score.effect is Effect.COUNTS)
    term = Term(Assessment(category=Category()), score, counts=True)

    written = Fraction(gives(term, Plan(by_points=by_points)))

    assert written == (score.points * score.weight if by_points else score.share * Fraction(score.weight))


@pytest.mark.parametrize(
    ("value", "to_go_on", "in_percent"),
    [
        (Fraction(1, 2), "0.5", "50"),
        (Fraction(7, 30), "7/30", "70/3 ≈ 23.333"),
        (Fraction(1, 10_000), "0.0001", "0.01"),
        (Fraction(99_999, 100_000), "99999/100000", "99.999"),
        (Fraction(2, 3), "2/3", "200/3 ≈ 66.667"),
        (Fraction(1, 10_007), "1/10007", "100/10007 ≈ 0.010"),
        (Fraction(0), "0", "0"),
        (Fraction(40), "40", "4000"),
    ],
)
def test_a_number_is_exact_and_says_when_it_is_only_near(value, to_go_on, in_percent):
    assert (exactly(value), percent(value)) == (to_go_on, in_percent)

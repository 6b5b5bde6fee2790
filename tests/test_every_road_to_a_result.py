"""
A year of gradebooks drawn at random, and every road to its results: all say the same.

A year is a list of acts by those who teach, lead and keep the school: tests, grades given and taken back,
closings, reopenings, what the teacher retains and the council writes, pupils who change group, a period put
in between, schemes replaced afterwards. What is not allowed at that moment is refused, as on screen.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, example, given, settings
from hypothesis import strategies as st

from preau.design.pieces import cote
from preau.gradebook import actions, queries
from preau.gradebook.models import Assessment, Grade
from preau.gradebook.queries.explaining import explained_results
from preau.gradebook.tests.builders import assessment, grade
from preau.grading.actions import keep_scheme
from preau.grading.models import Scheme
from preau.grading.queries import Schemes
from preau.grading.results import year_share
from preau.kit import clock, memory
from preau.kit.refusals import Refusal
from preau.report_cards.queries import snapshot_of
from preau.sheets.documents import book_data
from preau.structure.actions import add_period, change_period, create_group
from preau.structure.models import GroupMembership, TeachingAssignment
from tests.cast import FIRST_DAY, Cast

NOVEMBER = datetime(2026, 11, 24, 10, 24, tzinfo=ZoneInfo("Europe/Brussels"))
DECEMBER = datetime(2026, 12, 15, 10, 0, tzinfo=ZoneInfo("Europe/Brussels"))
YEARS = int(os.environ.get("PREAU_YEARS", "10"))
"""How many years are drawn in each chapter: a few in the suite, `PREAU_YEARS=500` for a night."""

at_place = st.integers(0, 7)
"""Which of the periods, groups, tests or pupils there are: counted round and round."""
figures = st.sampled_from(["0", "7.5", "10", "33.25", "49.5", "50", "60"]).map(Decimal)
schemes = st.fixed_dictionaries(
    {
        "pass_mark": st.sampled_from([Decimal(50), Decimal(60), Decimal("33.33")]),
        "scale": st.sampled_from([Decimal(100), Decimal(20), Decimal(60)]),
        "step": st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.1")]),
        "rounding": st.sampled_from(["HALF_UP", "HALF_EVEN", "UP", "DOWN"]),
        "rounds_components": st.booleans(),
        "is_cumulative": st.booleans(),
        "by_points": st.booleans(),
        "drop_lowest": st.integers(0, 1),
        "daily_work_weight": st.sampled_from([Decimal(40), Decimal(70)]),
    }
)
days = st.sampled_from([date(2026, 9, 1), date(2026, 10, 5), date(2026, 10, 17), date(2026, 11, 20)])
typed = st.sampled_from(["0", "3.5", "7", "10", "10", "6", "NR", "CM", ""])
acts = st.one_of(
    st.tuples(
        st.just("plan"),
        st.tuples(
            at_place,
            at_place,
            st.sampled_from(["INTERRO", "INTERRO", "EXAMEN"]),
            st.sampled_from([10, 30]),
            st.sampled_from(["1", "0.35", "2"]),
            st.sampled_from([None, None, date(2026, 12, 1)]),
        ),
    ),
    st.tuples(st.just("write"), st.tuples(at_place, at_place, typed)),
    st.tuples(st.just("write"), st.tuples(at_place, at_place, typed)),
    st.tuples(st.just("neutralise"), st.tuples(at_place)),
    st.tuples(st.just("close"), st.tuples(at_place, at_place)),
    st.tuples(st.just("close"), st.tuples(at_place, at_place)),
    st.tuples(st.just("reopen"), st.tuples(at_place, at_place)),
    st.tuples(st.just("retain"), st.tuples(at_place, at_place, at_place, figures)),
    st.tuples(
        st.just("deliberate"),
        st.tuples(at_place, at_place, at_place, st.sampled_from(["BRACKETS", "SET", "STAR", ""]), figures),
    ),
    st.tuples(st.just("replace the scheme"), st.tuples(schemes, days)),
    st.tuples(st.just("change group"), st.tuples(at_place, days)),
    st.tuples(st.just("put a period in between"), st.tuples()),
)

A_GRADE_TAKEN_BACK_BEHIND_A_CLOSED_BOOK = [
    ("change group", (1, date(2026, 9, 1))),
    ("close", (1, 0)),
    ("write", (0, 1, "")),
]
"""The new group's book is closed with a mark taken along, which the former teacher takes back afterwards."""
A_PUPIL_WHO_COMES_INTO_A_CLOSED_BOOK = [
    ("close", (0, 0)),
    ("change group", (1, date(2026, 9, 1))),
    ("close", (1, 0)),
    ("change group", (0, date(2026, 9, 1))),
]
"""The result frozen in the former group stands, also when that pupil alone is asked about."""


class Year:
    """The cast's course with two groups and three pupils, and what happens there."""

    def __init__(self, school: Cast) -> None:
        self.school = school
        first = school.maths_4tta
        other = create_group(
            course=first.course, school_year=school.year, name="4TTB", by=school.maes, at=NOVEMBER
        )
        TeachingAssignment.objects.create(group=other, teacher=school.thys, starts_on=FIRST_DAY)
        self.groups = [first, other]
        self.periods = [school.first_period, school.december]
        self.pupils = [school.noor, school.emma]
        self.tests: list[Assessment] = []
        for period, category in ((0, "INTERRO"), (1, "INTERRO"), (1, "EXAMEN")):
            self.plan(0, period, category, 10, "1", None)

    def happens(self, act: str, how: tuple[Any, ...]) -> None:
        with suppress(Refusal), transaction.atomic():
            getattr(self, act.replace(" ", "_"))(*how)

    def where(self, group: int, period: int) -> dict[str, Any]:
        return {
            "group": self.groups[group % len(self.groups)],
            "period": self.periods[period % len(self.periods)],
        }

    def plan(self, group, period, category, out_of, weight, counts_from):
        place = self.where(group, period)
        planned = assessment(
            **place,
            by=self.school.vandamme,
            title=f"Test {len(self.tests)}",
            category=category,
            out_of=out_of,
            weight=weight,
            held_on=place["period"].starts_on,
            counts_from=counts_from,
        )
        self.tests.append(planned)

    def write(self, test, pupil, what):
        if self.tests:
            at_what, who = self.tests[test % len(self.tests)], self.pupils[pupil % len(self.pupils)]
            before = Grade.objects.filter(assessment=at_what, pupil=who).first()
            grade(at_what, who, what, by=self.school.vandamme, version=before.version if before else 0)

    def neutralise(self, test):
        if self.tests:
            test = Assessment.objects.get(pk=self.tests[test % len(self.tests)].pk)
            actions.neutralise(assessment=test, by=self.school.vandamme, at=NOVEMBER)

    def close(self, group, period):
        actions.close_gradebook(**self.where(group, period), by=self.school.vandamme, at=NOVEMBER)

    def reopen(self, group, period):
        actions.reopen_gradebook(
            **self.where(group, period), because="Une erreur", by=self.school.pirard, at=NOVEMBER
        )

    def retain(self, group, period, pupil, figure):
        actions.choose_result(
            **self.where(group, period),
            pupil=self.pupils[pupil % 2],
            chosen=figure,
            because="Progrès",
            by=self.school.vandamme,
            at=NOVEMBER,
        )

    def deliberate(self, group, period, pupil, attribute, figure):
        actions.deliberate_result(
            **self.where(group, period),
            pupil=self.pupils[pupil % 2],
            attribute=attribute,
            value=figure if attribute == "FREE" else None,
            because="Conseil",
            by=self.school.pirard,
            at=NOVEMBER,
        )

    def replace_the_scheme(self, facts, starts_on):
        before = Scheme.objects.order_by("-pk").first()
        keep_scheme(
            scheme=before,
            facts={"name": "Règlement", **facts},
            categories={},
            tokens={},
            starts_on=starts_on,
            by=self.school.pirard,
            at=NOVEMBER,
        )

    def change_group(self, pupil, on):
        tie = GroupMembership.objects.filter(pupil=self.pupils[pupil % 2], ends_on=None).get()
        if tie.starts_on < on:
            GroupMembership.objects.filter(pk=tie.pk).update(ends_on=on)
            target = next(group for group in self.groups if group.pk != tie.group_id)
            GroupMembership.objects.create(group=target, pupil_id=tie.pupil_id, starts_on=on)

    def put_a_period_in_between(self):
        if len(self.periods) == 2:
            by, first = self.school.maes, self.periods[0]
            change_period(period=first, ends_on=date(2026, 10, 5), by=by, at=NOVEMBER)
            october = add_period(
                school_year=self.school.year,
                code="OCT",
                name="Octobre",
                starts_on=date(2026, 10, 5),
                ends_on=date(2026, 10, 17),
                weight=Decimal(10),
                by=by,
                at=NOVEMBER,
            )
            self.periods.insert(1, october)


def said(result):
    """Return what a road says of a result: nothing at all is the same as no result."""
    if result is None or (result.retained is None and not result.decisions):
        return None
    return (
        result.daily_work,
        result.exam,
        result.exam_token,
        result.computed,
        result.computed_share,
        result.retained,
        result.share,
        result.fails,
        result.is_bracketed,
        result.decisions,
        result.plan.figures,
    )


def assert_all_roads_agree(year: Year) -> int:
    """Ask every road about every pupil, period and group; return how many results there are."""
    course = year.groups[0].course_id
    several = queries.results_of_periods(year.periods)
    told = 0
    for period in year.periods:
        found = queries.period_results(period)
        for pupil in year.pupils:
            key = (pupil.pk, course)
            result = found.get(key)
            told += result is not None
            expected = said(result)
            assert said(several[period.pk].get(key)) == expected, "several periods at once"
            assert said(queries.period_results(period, pupils=[pupil.pk]).get(key)) == expected, "one pupil"
            by_group = queries.period_results(period, groups=[group.pk for group in year.groups])
            assert said(by_group.get(key)) == expected, "some groups"
            explained = _explained(pupil, period, year)
            if explained is not None:
                assert said(explained.result) == expected, "explained"
                recomputed = explained.sums
                share = recomputed.share if recomputed.is_assessable else None
                assert share == explained.result.computed_share, "what is explained recomputes"
                assert explained.result.plan.shown(share) == explained.result.computed
            _assert_the_card_agrees(pupil, period, course, result)
        _assert_the_sheets_agree(period, year, found)
    _assert_the_years_agree(year, several)
    _assert_a_scheme_that_is_there_changes_nothing(year)
    return told


def _explained(pupil, period, year):
    """Return the course as the head reads it explained; nothing of a period in which the pupil has none."""
    courses = explained_results(pupil, period, year.school.pirard)
    return next((course for course in courses if course.group.course_id == year.groups[0].course_id), None)


def _assert_the_sheets_agree(period, year, found):
    for group in year.groups:
        page = queries.sheet(group, period)
        for row in page.rows:
            assert said(row.result) == said(found.get((row.pupil.pk, group.course_id))), "the sheet"
        assert page.failing == sum(row.result.fails for row in page.rows)
        paper = {period["name"]: period for period in book_data(group, by=None)["periods"]}
        lines = {line["name"]: line["stands"] for line in paper[period.name]["results"]}
        for row in page.rows if page.assessments else ():
            stands = cote(row.result.retained) or "–"
            text = f"({stands})" if row.result.is_bracketed else stands
            told = lines[row.pupil.list_name]
            on_paper = (told["text"].replace(",", "."), told["kind"] == "low")
            assert on_paper == (text, row.result.fails), "on paper"


def _assert_the_card_agrees(pupil, period, course, result):
    card = snapshot_of(period, pupil)
    line = next((line for line in card.facts["courses"] if line["course"] == course), None)
    if line is None:
        return
    if result is None:
        assert line["figures"]["period"] is None, "the card"
        return
    figure = line["figures"]["period"]
    value = None if figure is None or figure["value"] is None else Decimal(figure["value"])
    assert value == result.retained, "the card"
    assert bool(figure and figure["fails"]) == result.fails, "the card"
    assert Decimal(line["scale"]) == result.plan.scale


def _assert_the_years_agree(year, several):
    for group in year.groups:
        for row in queries.year_of(group)["rows"]:
            results = [several[period.pk].get((row.pupil.pk, group.course_id)) for period in year.periods]
            assert [said(result) for result in row.results] == [said(result) for result in results], (
                "the year"
            )
            shares = [
                (result.share if result else None, period.weight)
                for result, period in zip(results, year.periods, strict=True)
            ]
            assert row.share == year_share(shares, is_cumulative=row.plan.is_cumulative)
            assert row.shown == row.plan.shown(row.share)


def _assert_a_scheme_that_is_there_changes_nothing(year):
    for period in year.periods:
        simulation = queries.simulate(Schemes(period.starts_on).for_course(year.groups[0].course), period)
        assert (simulation.changed, simulation.crossing) == (0, 0), "the simulator"
        assert simulation.failing_before == simulation.failing_after


def _assert_home_agrees(year: Year) -> None:
    """At home one reads what is published: once all is, the sums are those of the sheet."""
    for group in year.groups:
        for period in year.periods:
            with suppress(Refusal):
                actions.publish_all(group=group, period=period, by=year.school.vandamme, at=NOVEMBER)
    for period in year.periods:
        found = queries.period_results(period)
        for pupil in year.pupils:
            for course in queries.readable_results(pupil, period, pupil):
                result = found.get((pupil.pk, course.group.course_id))
                here = (course.result.computed, course.result.computed_share, course.result.exam_token)
                there = (
                    (result.computed, result.computed_share, result.exam_token)
                    if result
                    else (None, None, "")
                )
                assert here == there, "at home"


@pytest.mark.parametrize("chapter", range(4))
@settings(
    max_examples=YEARS,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(given=st.lists(typed, min_size=6, max_size=6), acts=st.lists(acts, min_size=5, max_size=20))
@example(given=["0"] * 6, acts=A_GRADE_TAKEN_BACK_BEHIND_A_CLOSED_BOOK)
@example(given=["7"] * 6, acts=A_PUPIL_WHO_COMES_INTO_A_CLOSED_BOOK)
def test_every_road_says_the_same(school, chapter, given, acts):
    assert school.everybody
    with transaction.atomic():
        with clock.at(NOVEMBER):
            year = Year(school)
            for place, what in enumerate(given):
                year.happens("write", (place // 2, place, what))
            for act in acts:
                year.happens(*act)
        memory.forget()
        with clock.at(DECEMBER):
            event(f"{assert_all_roads_agree(year)} results")
            _assert_home_agrees(year)
        transaction.set_rollback(True)
    memory.forget()

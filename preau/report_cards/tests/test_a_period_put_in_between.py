"""Periods stand in the order of their dates, whenever somebody thought of them."""

from datetime import date
from decimal import Decimal

from preau.gradebook import queries as gradebook
from preau.gradebook.tests.builders import assessment, grade
from preau.grading.models import Scheme
from preau.kit import clock
from preau.report_cards import queries
from preau.structure.actions import add_period, change_period

from .builders import FRIDAY


def test_a_period_of_october_made_in_december_comes_before_december(school):
    """80 in September, 30 in October, 50 in December: December's card counts all three, October's two."""
    by, group = school.vandamme, school.maths_4tta
    year, first, december = school.year, school.first_period, school.december
    change_period(period=december, starts_on=date(2026, 11, 2), by=school.maes, at=FRIDAY)
    october = add_period(
        school_year=year,
        code="OCT",
        name="Octobre",
        starts_on=date(2026, 10, 17),
        ends_on=date(2026, 11, 2),
        weight=Decimal(10),
        by=school.maes,
        at=FRIDAY,
    )
    for period, day, points in (
        (first, date(2026, 9, 15), "80"),
        (october, date(2026, 10, 20), "30"),
        (december, date(2026, 11, 20), "50"),
    ):
        grade(assessment(group, period, by=by, out_of=100, held_on=day), school.noor, points, by=by)

    with clock.at(FRIDAY):
        cards = {
            period.code: queries.snapshot_of(period, school.noor).facts
            for period in (first, october, december)
        }

    assert {code: (card["period"]["rank"], card["period"]["of"]) for code, card in cards.items()} == {
        "P1": (1, 3),
        "OCT": (2, 3),
        "P2": (3, 3),
    }
    figures = {code: card["courses"][0]["figures"] for code, card in cards.items()}
    assert figures["OCT"]["standing"]["value"] == "55"
    assert figures["P2"]["standing"]["value"] == "52"  # (10 × 80 + 10 × 30 + 35 × 50) ÷ 55 = 51,8

    Scheme.objects.create(name="Règlement", starts_on=date(2026, 8, 24), is_cumulative=True)
    found = gradebook.period_results(october)[school.noor.pk, group.course_id]
    assert found.computed == 55  # (80 + 30) ÷ 2: nothing of December.

"""A year of thirds that comes to an exact half is rounded up: gradebook and card, open and closed."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from preau.gradebook import actions
from preau.gradebook import queries as gradebook
from preau.gradebook.tests.builders import assessment, grade
from preau.kit import clock
from preau.report_cards import queries
from preau.structure.actions import add_period

JUNE = datetime(2027, 6, 25, 16, 0, tzinfo=ZoneInfo("Europe/Brussels"))
LATER_PERIODS = (
    ("P3", date(2026, 12, 19), date(2027, 2, 20), 10),
    ("P4", date(2027, 2, 20), date(2027, 4, 24), 10),
    ("JUIN", date(2027, 4, 24), date(2027, 7, 3), 35),
)


@pytest.fixture
def year(school):
    """Five periods that weigh 10, 35, 10, 10 and 35."""
    periods = [school.first_period, school.december]
    for code, starts_on, ends_on, weight in LATER_PERIODS:
        days = {"starts_on": starts_on, "ends_on": ends_on, "weight": Decimal(weight)}
        added = {"school_year": school.year, "code": code, "name": code, "by": school.maes, "at": JUNE}
        periods.append(add_period(**days, **added))
    with clock.at(JUNE):
        yield periods


@pytest.mark.parametrize(
    ("marks", "share", "shown"),
    [
        (("10/30", "50/100", "10/30", "47/60", "50/100"), Fraction(99, 200), 50),
        (("20/30", "70/100", "20/30", "20/30", "23/35"), Fraction(27, 40), 68),
        (("0/30", "0/20", "0/7", "0/9", "0/3"), Fraction(0), 0),
    ],
)
@pytest.mark.parametrize("is_closed", [False, True])
def test_the_year(school, year, marks, share, shown, is_closed):
    by, group = school.vandamme, school.maths_4tta
    for period, mark in zip(year, marks, strict=True):
        points, out_of = mark.split("/")
        test = assessment(group, period, by=by, out_of=out_of, held_on=period.starts_on)
        grade(test, school.noor, points, by=by)
        if is_closed:
            actions.close_gradebook(group=group, period=period, by=by, at=JUNE)

    (row,) = [row for row in gradebook.year_of(group)["rows"] if row.pupil == school.noor]
    (line,) = queries.snapshot_of(year[-1], school.noor).facts["courses"]

    assert (row.share, row.shown, row.fails) == (share, shown, shown < 50)
    standing = line["figures"]["standing"]
    assert (standing["value"], standing["fails"]) == (str(shown), shown < 50)

"""What people write in cells, and what we understand."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.imports import values
from preau.kit.imports.mappings.templates import columns_in, fill
from preau.kit.imports.values import Wrong
from preau.kit.tables import UnreadCell

days = st.dates(date(1900, 1, 2), date(2149, 1, 1))


@given(
    days, st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%dT08:15:00Z"])
)
def test_a_day_is_understood_however_it_is_written(day, written):
    assert values.day(day.strftime(written)) == day


@given(days)
def test_a_day_of_a_spreadsheet_is_understood_too(day):
    assert values.day(datetime(day.year, day.month, day.day, 12)) == day  # noqa: DTZ001
    assert values.day(day) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [("40588", date(2011, 2, 14)), ("14/2/11", date(2011, 2, 14)), ("1/5/1969", date(1969, 5, 1))],
)
def test_short_days_and_serial_numbers(typed, day):
    assert values.day(typed) == day


@pytest.mark.parametrize("dummy", ["19000000", "", "  ", "0000-00-00", "01/01/1900"])
def test_dummy_days_are_nothing(dummy):
    assert values.day(dummy) is None


@given(st.text(max_size=30))
def test_no_text_breaks_a_parser(typed):
    parsers = (
        values.day,
        values.whole,
        values.decimal,
        values.number_given,
        values.email,
        values.phone,
    )
    remedies: list[str] = []
    for parse in parsers:
        try:
            parse(typed)
        except Wrong as wrong:
            remedies.append(wrong.remedy)
    assert all(remedy.endswith(".") for remedy in remedies)


@given(st.decimals(-99999, 99999, places=2))
def test_a_number_is_understood_with_a_comma_or_a_point(number):
    assert values.decimal(str(number)) == number
    assert values.decimal(str(number).replace(".", ",")) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0470 12 34 56", "+32470123456"),
        ("0470/12.34.56", "+32470123456"),
        ("+32 (0)470 12 34 56", "+32470123456"),
        ("0032470123456", "+32470123456"),
        (470123456, "+32470123456"),
        (21234567, "+3221234567"),
        ("02/123.45.67", "+3221234567"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("6037778888", "6037778888"),
        ("", None),
        ("-", None),
    ],
)
def test_phone_numbers_are_belgian_unless_they_say_otherwise(typed, number):
    assert values.phone(typed) == number


@given(st.text(max_size=40), st.text(max_size=20))
def test_a_template_runs_nothing(template, value):
    cells = dict.fromkeys([*columns_in(template), "school"], value)

    assert isinstance(fill(template, cells, {"line": "2", "row": "1", "file": "x"}), str)


def test_templates_put_columns_and_counters_together():
    cells, counters = {"school": "GP", "blank": ""}, {"line": "2", "row": "1", "file": "student-por"}

    assert fill("Élève {line:04}", cells, counters) == "Élève 0002"
    assert fill("{file}-{school}-{row}", cells, counters) == "student-por-GP-1"
    assert fill("{blank}1", cells, counters) == ""
    assert fill("{school.__class__}", cells, counters) == ""


def test_decimals_stay_exact():
    assert values.decimal("13,5") == Decimal("13.5")
    assert values.whole(4.0) == 4
    with pytest.raises(Wrong):
        values.whole("4,5")


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12))
def test_a_number_is_the_same_with_signs_nobody_can_see(number):
    assert values.bare(f"\u200b{number} \ufeff") == values.bare(number)
    assert values.bare(values.bare(number)) == values.bare(number)


@pytest.mark.parametrize(
    ("one", "other"),
    [("0091012", "91012"), ("91012\u200b", "91012"), ("９１０１２", "91012"), ("ab 1", "AB1")],
)
def test_numbers_written_otherwise_are_the_same(one, other):
    assert values.bare(one) == values.bare(other)
    assert values.bare("0") == "0"


def test_a_cell_the_spreadsheet_could_not_compute_is_told():
    failed = values.unread(UnreadCell("#DIV/0!"))
    uncomputed = values.unread(UnreadCell("=A1*2", is_uncomputed=True))

    assert failed.wrong == "The cell holds #DIV/0!: the formula in it failed."
    assert uncomputed.wrong == "The cell holds a formula that was never computed."

"""What people write in cells, and what we understand."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit import clock
from preau.kit.imports import values
from preau.kit.imports.mappings.templates import columns_in, fill
from preau.kit.imports.report import Report
from preau.kit.imports.values import Wrong
from preau.kit.imports.work import Import
from preau.people.imports import values as of_people
from preau.structure.imports.register import Structure

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
        of_people.gender,
        of_people.language,
        of_people.birthday,
        of_people.full_name,
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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("F", "F"),
        ("fille", "F"),
        ("V", "F"),
        ("Garçon", "M"),
        ("GARCON", "M"),
        ("masculin", "M"),
        ("m", "M"),
        ("x", "X"),
        ("", None),
    ],
)
def test_gender_in_three_languages(typed, meant):
    assert of_people.gender(typed) == meant


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Haddad, Noor", ("Haddad", "Noor")),
        ("HADDAD Noor", ("HADDAD", "Noor")),
        ("Van Damme Jean", ("Van Damme", "Jean")),
        ("de la Cruz Maria", ("de la Cruz", "Maria")),
        ("ET TOUIL Sara", ("ET TOUIL", "Sara")),
        ("EN NASIRI Ali", ("EN NASIRI", "Ali")),
        ("M BAREK", ("BAREK", "M")),
        ("Mme VAN DEN BERG Alma", ("VAN DEN BERG", "Alma")),
        ("M. et Mme DUPONT Jean", ("DUPONT", "Jean")),
        ("Haddad", ("Haddad", "")),
    ],
)
def test_a_name_in_one_cell(typed, name):
    told = of_people.full_name(typed)

    assert told is not None
    assert (told.family, told.given) == name


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("4TTA", "4"),
        ("1CB", "1C"),
        ("2SA", "2S"),
        ("GP1", "1"),
        ("7PA", "7P"),
        ("7TQB", "7TQ"),
        ("3a", "3"),
        ("6", "6"),
    ],
)
@pytest.mark.django_db
def test_the_year_of_study_is_told_by_the_name_of_the_class(school, name, level):
    work = Import(Report("people", "list.csv"), "proeco", clock.now())

    found = Structure(work, school.year).level_for(name)

    assert found is not None
    assert found.code == level


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

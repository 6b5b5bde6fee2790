"""What people write of persons in cells, and what we understand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.imports.values import Wrong, words
from preau.people.imports import values as of_people


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


@given(st.text(max_size=40))
def test_no_word_of_a_name_is_lost(typed):
    told = of_people.full_name(typed)
    written = (words(typed) or "").replace(",", " ")

    assert (told is None) == (words(typed) is None)
    if told is not None and not of_people.TITLES.match(written):
        kept = f"{told.family} {told.given}".replace(",", " ")
        assert sorted(kept.split()) == sorted(written.split())


@pytest.mark.parametrize(
    ("typed", "is_told"), [("Haddad, Noor", True), ("HADDAD Noor", True), ("Van Damme Jean", False)]
)
def test_a_guess_is_known_as_one(typed, is_told):
    told = of_people.full_name(typed)

    assert told is not None
    assert told.is_told is is_told


@pytest.mark.parametrize("typed", ["2082-03-01", "01/03/1912", "24/11/2027"])
def test_nobody_is_born_tomorrow_or_a_hundred_years_and_more_ago(typed):
    with pytest.raises(Wrong, match="no date of birth"):
        of_people.birthday(typed)
    assert of_people.birthday("14/2/11") == date(2011, 2, 14)


@given(st.text(max_size=30))
def test_no_text_breaks_a_parser(typed):
    remedies = []
    for parse in (
        of_people.gender,
        of_people.language,
        of_people.tie,
        of_people.birthday,
        of_people.full_name,
    ):
        try:
            parse(typed)
        except Wrong as wrong:
            remedies.append(wrong.remedy)
    assert all(remedy.endswith(".") for remedy in remedies)

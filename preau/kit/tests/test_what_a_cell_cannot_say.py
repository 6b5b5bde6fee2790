"""What a cell cannot say: each refusal tells what was typed, and what to write instead."""

from datetime import date
from decimal import Decimal

import pytest

from preau.kit.imports import values
from preau.kit.imports.values import Wrong
from preau.kit.tables import UnreadCell

FORTY = "as many letters as fit into one refusal."
A_NUMBER = "Write a number like 13,5."
A_WHOLE_NUMBER = "Write a number like 4."
A_DAY = "Write the day like 24/08/2026."
AN_ADDRESS = "Write one address like name@example.org, or leave the cell empty."
A_PHONE = "Write one number like 0470 12 34 56 or +32 470 12 34 56, or leave the cell empty."


def refusal(parse, typed):
    with pytest.raises(Wrong) as refused:
        parse(typed)
    assert str(refused.value) == refused.value.wrong
    assert refused.value.target == ""
    return refused.value.wrong, refused.value.remedy


@pytest.mark.parametrize(
    ("parse", "typed", "wrong", "remedy"),
    [
        (values.decimal, "douze", "“douze” is not a number.", A_NUMBER),
        (values.decimal, "12,5,5", "“12,5,5” is not a number.", A_NUMBER),
        (values.whole, "4,5", "“4,5” is not a whole number.", A_WHOLE_NUMBER),
        (values.day, "31/02/2026", "“31/02/2026” is not a date.", A_DAY),
        (values.day, "lundi", "“lundi” is not a date.", A_DAY),
        (values.email, " noor at home ", "“noor at home” is not an e-mail address.", AN_ADDRESS),
        (values.email, "noor@", "“noor@” is not an e-mail address.", AN_ADDRESS),
        (values.phone, "none", "“none” is not a phone number.", A_PHONE),
        (values.phone, "0470 12", "“0470 12” is not a phone number.", A_PHONE),
        (values.phone, "0470123456 (mum)", "“0470123456 (mum)” is not a phone number.", A_PHONE),
        (values.phone, "0470123456 0471123456", "“0470123456 0471123456” is not a phone number.", A_PHONE),
    ],
)
def test_a_refusal_tells_what_was_typed_and_what_to_write(parse, typed, wrong, remedy):
    assert refusal(parse, typed) == (wrong, remedy)


@pytest.mark.parametrize("parse", [values.day, values.phone, values.one_of({}, lambda: "Ask.")])
def test_a_refusal_repeats_forty_letters_of_what_was_typed(parse):
    assert refusal(parse, f"{FORTY}and more")[0].startswith(f"“{FORTY}” is not ")


def test_a_refusal_of_a_number_repeats_forty_letters_too():
    assert len(FORTY) == 40
    assert refusal(values.decimal, f"1,2{'3' * 36},456")[0] == f"“1,2{'3' * 36},” is not a number."
    assert refusal(values.whole, f"1{'2' * 45}")[0] == f"“1{'2' * 39}” is not a whole number."


def test_a_refusal_of_an_address_repeats_sixty():
    assert refusal(values.email, f"{'noor' * 20}")[0] == f"“{'noor' * 15}” is not an e-mail address."


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("noor@example.org", "noor@example.org"),
        (" noor@ example.org\n", "noor@example.org"),
        ("<noor@example.org>;", "noor@example.org"),
        ("mailto:noor@example.org", "noor@example.org"),
        ("X.Claes@example.orX", "X.Claes@example.orX"),
        ("", None),
        ("  ", None),
    ],
)
def test_an_address_is_found_in_what_programs_put_around_it(typed, address):
    assert values.email(typed) == address


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1 234,5", Decimal("1234.5")),
        ("1\u202f234\u00a0567,25", Decimal("1234567.25")),
        ("-0,5", Decimal("-0.5")),
        (",5", Decimal("0.5")),
        ("", None),
    ],
)
def test_a_number_may_have_its_thousands_apart(typed, number):
    assert values.decimal(typed) == number


def test_a_whole_number_has_at_most_a_thousand_million():
    assert values.whole("1 000 000 000") == 10**9
    assert values.whole("-1000000000") == -(10**9)
    assert values.whole("") is None
    assert refusal(values.whole, "1000000001") == (
        "“1000000001” is not a whole number.",
        A_WHOLE_NUMBER,
    )


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("14/2/29", date(2029, 2, 14)),
        ("14/2/30", date(1930, 2, 14)),
        ("14/2/69", date(1969, 2, 14)),
        ("2/1/1900", date(1900, 1, 2)),
        ("31/12/2149", date(2149, 12, 31)),
        ("40588,75", date(2011, 2, 14)),
        ("40588.75", date(2011, 2, 14)),
    ],
)
def test_a_day_within_living_memory_is_a_day(typed, day):
    assert values.day(typed) == day


@pytest.mark.parametrize("typed", ["1/1/1900", "31/12/1899", "1/1/2150", "2150-01-02", "2151-01-01"])
def test_a_day_outside_of_it_is_none(typed):
    assert refusal(values.day, typed) == (f"“{typed}” is not a date.", A_DAY)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("'+33 6 12 34 56 78", "+33612345678"),
        ("(+33) 6 12 34 56 78", "+33612345678"),
        ("+32470123456", "+32470123456"),
        ("0470\u00a012\u00a034\u00a056", "+32470123456"),
        ("./ -", None),
        ("12345678", "+3212345678"),
        ("612345678", "612345678"),
        ("123456789012345", "123456789012345"),
    ],
)
def test_a_number_says_its_country_at_its_beginning(typed, number):
    assert values.phone(typed) == number


def test_a_word_of_a_list_is_known_without_its_accents_and_anything_else_is_refused():
    sex = values.one_of({"Féminin": "F", "m": "M"}, lambda: "Write F or M.")

    assert [sex(typed) for typed in ("féminin", " FEMININ ", "M", "", "  ")] == ["F", "F", "M", None, None]
    assert refusal(sex, " autre ") == ("“autre” is not known here.", "Write F or M.")


def test_letters_that_nobody_sees_are_left_out_and_those_that_join_stay():
    assert values.words("  Noor\u200b \u00a0Haddad\x00\n") == "Noor Haddad"
    assert values.words("\u200b") is None
    assert values.words("می\u200cخواهم") == "می\u200cخواهم"
    assert values.number_given(" 91\u200c012\u200b ") == "91012"
    assert values.number_given("\u200c") is None
    assert values.number_given("") is None


def test_a_number_that_identifies_may_begin_with_letters():
    assert values.bare("X012") == "x012"
    assert values.bare("XX12") == "xx12"
    assert values.bare("000") == "0"


def test_a_cell_without_a_value_says_how_to_give_it_one():
    failed = values.unread(UnreadCell("#DIV/0!"))
    uncomputed = values.unread(UnreadCell("=A1*2", is_uncomputed=True))

    assert failed.remedy == "Mend the formula, or type the value."
    assert uncomputed.remedy == "Open the file in a spreadsheet program and save it again, or type the value."

"""What people write in cells, and what they mean. Each parser returns a value, or nothing for a blank."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from preau.kit.tables import Cell, UnreadCell, as_text, plain

Parser = Callable[[Cell], Any]


class Wrong(Exception):  # noqa: N818 – a value is wrong; nothing failed.
    """A value that cannot be understood: what is wrong, and what to do about it."""

    def __init__(self, wrong: str, remedy: str, target: str = "") -> None:
        self.wrong, self.remedy, self.target = wrong, remedy, target
        super().__init__(wrong)


JOINERS = "\u200c\u200d"
"""Signs without width that some languages, and pictures, are written with."""


def words(cell: Cell) -> str | None:
    """Return a text with single spaces, without the signs nobody can see."""
    text = unicodedata.normalize("NFC", as_text(cell))
    return " ".join("".join(letter for letter in text if _is_seen(letter)).split()) or None


def _is_seen(letter: str) -> bool:
    return letter.isspace() or letter in JOINERS or unicodedata.category(letter) not in {"Cc", "Cf"}


def number_given(cell: Cell) -> str | None:
    """Return a number or code by which another program names something, without what nobody can see."""
    text = words(cell)
    return (text.translate(dict.fromkeys(map(ord, JOINERS))) or None) if text else None


def bare(number: str) -> str:
    """
    Return what identifies in a number: `0091012`, `91012` and `91012` with a sign nobody can see are one.

    Spaces, case and noughts in front of figures do not count, nor which figures of which alphabet they are.
    """
    seen = "".join(letter for letter in unicodedata.normalize("NFKC", number) if _is_seen(letter))
    text = "".join(seen.translate(dict.fromkeys(map(ord, JOINERS))).split()).casefold()
    if text.isdecimal():
        return "".join(str(unicodedata.decimal(letter)) for letter in text).lstrip("0") or "0"
    return text


def unread(cell: UnreadCell) -> Wrong:
    """Return what to say of a cell in which the spreadsheet itself has no value."""
    if cell.is_uncomputed:
        return Wrong(
            _("The cell holds a formula that was never computed."),
            _("Open the file in a spreadsheet program and save it again, or type the value."),
        )
    return Wrong(
        _("The cell holds %(error)s: the formula in it failed.") % {"error": cell.text},
        _("Mend the formula, or type the value."),
    )


def whole(cell: Cell) -> int | None:
    """Return a whole number: `4`, `4.0`."""
    number = decimal(cell)
    if number is None:
        return None
    if number != number.to_integral_value() or abs(number) > 10**9:
        raise Wrong(
            _("“%(typed)s” is not a whole number.") % {"typed": as_text(cell)[:40]},
            _("Write a number like 4."),
        )
    return int(number)


NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")


def decimal(cell: Cell) -> Decimal | None:
    """Return a number written with a comma or a point, perhaps with spaces between thousands."""
    text = re.sub(r"[\s\u00a0\u202f]", "", as_text(cell))
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        raise Wrong(_("“%(typed)s” is not a number.") % {"typed": text[:40]}, _("Write a number like 13,5."))
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


DUMMY_DAYS = {"19000000", "00000000", "0", "0000-00-00", "00/00/0000", "01/01/1900", "1900-01-01", "19000101"}
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ].*)?")
BELGIAN = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})( .*)?")
SERIAL = re.compile(r"[1-7]\d{4}([.,]\d+)?")
DAY_NOUGHT = date(1899, 12, 30)
CENTURY = 30


def day(cell: Cell) -> date | None:
    """Return a day: 24/08/2026, 2026-08-24, 20260824, or as a spreadsheet keeps it. Dummies are nothing."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = as_text(cell).strip()
    if not text or text in DUMMY_DAYS:
        return None
    found = _day(text)
    if found is None or not date(1900, 1, 1) < found < date(2150, 1, 1):
        remedy = _("Write the day like 24/08/2026.")
        raise Wrong(_("“%(typed)s” is not a date.") % {"typed": text[:40]}, remedy)
    return found


def _day(text: str) -> date | None:
    try:
        if parts := COMPACT.fullmatch(text):
            return date(int(parts[1]), int(parts[2]), int(parts[3]))
        if parts := ISO.fullmatch(text):
            return date(int(parts[1]), int(parts[2]), int(parts[3]))
        if parts := BELGIAN.fullmatch(text):
            return date(_year(parts[3]), int(parts[2]), int(parts[1]))
        if SERIAL.fullmatch(text):
            return DAY_NOUGHT + timedelta(days=int(Decimal(text.replace(",", "."))))
    except ValueError:
        return None
    return None


def _year(text: str) -> int:
    year = int(text)
    if len(text) == len("2026"):
        return year
    return year + (2000 if year < CENTURY else 1900)


def one_of(meanings: dict[str, Any], remedy: Callable[[], str]) -> Parser:
    """Make a parser of a short list of words; accents, case and signs do not matter."""
    known = {plain(word): value for word, value in meanings.items()}

    def parse(cell: Cell) -> Any:
        text = as_text(cell).strip()
        if not text:
            return None
        if plain(text) not in known:
            raise Wrong(_("“%(typed)s” is not known here.") % {"typed": text[:40]}, remedy())
        return known[plain(text)]

    return parse


def spread(groups: dict[Any, str]) -> dict[str, Any]:
    """Return each of the words with what it means."""
    return {word: value for value, all_words in groups.items() for word in all_words.split()}


def email(cell: Cell) -> str | None:
    """Return an e-mail address."""
    text = re.sub(r"\s", "", as_text(cell)).removeprefix("mailto:").strip("<>;,")
    if not text:
        return None
    try:
        validate_email(text)
    except ValidationError:
        remedy = _("Write one address like name@example.org, or leave the cell empty.")
        typed = as_text(cell).strip()[:60]
        raise Wrong(_("“%(typed)s” is not an e-mail address.") % {"typed": typed}, remedy) from None
    return text


DIGITS = range(8, 16)
MOBILE_WITHOUT_NOUGHT = re.compile(r"4\d{8}")
LANDLINE_WITHOUT_NOUGHT = re.compile(r"[1-9]\d{7}")


def phone(cell: Cell) -> str | None:
    """Return a phone number as +32470123456; a number without a country is Belgian."""
    text = as_text(cell).strip()
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if not digits:
        if text.strip("-./ "):
            raise _no_phone(text)
        return None
    if text.lstrip("'( ").startswith("+"):
        number = digits
    elif digits.startswith("00"):
        number = digits[2:]
    elif digits.startswith("0"):
        number = f"32{digits[1:]}"
    elif MOBILE_WITHOUT_NOUGHT.fullmatch(digits) or LANDLINE_WITHOUT_NOUGHT.fullmatch(digits):
        number = f"32{digits}"
    else:
        number = digits
    if len(number) not in DIGITS or re.search(r"[^\d+()./ \-'\u00a0]", text):
        raise _no_phone(text)
    return f"+{number}" if number != digits or text.lstrip("'( ").startswith("+") else number


def _no_phone(text: str) -> Wrong:
    return Wrong(
        _("“%(typed)s” is not a phone number.") % {"typed": text[:40]},
        _("Write one number like 0470 12 34 56 or +32 470 12 34 56, or leave the cell empty."),
    )

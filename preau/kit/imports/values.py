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

from preau.kit.tables import Cell, as_text, plain

Parser = Callable[[Cell], Any]


class Wrong(Exception):  # noqa: N818 – a value is wrong; nothing failed.
    """A value that cannot be understood: what is wrong, and what to do about it."""

    def __init__(self, wrong: str, remedy: str, target: str = "") -> None:
        self.wrong, self.remedy, self.target = wrong, remedy, target
        super().__init__(wrong)


def words(cell: Cell) -> str | None:
    """Return a text with single spaces, without the signs nobody can see."""
    text = "".join(
        letter for letter in as_text(cell) if letter.isspace() or unicodedata.category(letter) != "Cc"
    )
    return " ".join(text.split()) or None


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


def _spread(groups: dict[Any, str]) -> dict[str, Any]:
    return {word: value for value, all_words in groups.items() for word in all_words.split()}


gender = one_of(
    _spread(
        {
            "F": "F V féminin femme fille Mme Mlle Madame vrouw vrouwelijk meisje female woman girl W",
            "M": "M H masculin homme garçon Monsieur Mr man mannelijk jongen male boy G",
            "X": "X autre ander andere other unspecified NB O U",
        }
    ),
    lambda: _("Write F, M or X."),
)

yes_or_no = one_of(
    _spread(
        {
            True: "oui o ja j yes y true vrai waar 1 x ok actif active",
            False: "non n nee neen no false faux onwaar 0 inactif inactive",
        }
    ),
    lambda: _("Write yes or no."),
)

LANGUAGES = {
    "fr": "fr f français francais french frans fra fre",
    "nl": "nl n néerlandais nederlands dutch flamand vlaams nld dut",
    "en": "en e anglais engels english eng",
}
language = one_of(_spread(LANGUAGES), lambda: _("Write fr, nl or en: the languages of this site."))

tie = one_of(
    _spread(
        {
            "MOTHER": "mother mère maman mama moeder mom",
            "FATHER": "father père papa vader P dad",
            "GUARDIAN": "guardian tuteur tutrice voogd responsable legal",
            "FOSTER": "foster accueil famille-d'accueil pleegouder",
            "INSTITUTION": "institution home ippj internat instelling",
            "PARTNER": "partner partenaire conjoint beau-père belle-mère stepmother stepfather",
            "OTHER": "other autre ander relative parent famille oncle tante grand-mère grand-père frère sœur",
        }
    ),
    lambda: _("Write mother, father, guardian, partner or other."),
)


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


def class_name(cell: Cell) -> str | None:
    """Return the name of a class without spaces: `4 TTA` is 4TTA."""
    name = words(cell)
    return "".join(name.split()) if name else None


TITLES_OF_PEOPLE = re.compile(
    r"^((m\.?|mr\.?|mme\.?|mlle\.?|mevr\.?|dhr\.?|monsieur|madame|mademoiselle|et|en)\s+)+", re.IGNORECASE
)


def full_name(cell: Cell) -> tuple[str, str] | None:
    """Return family and given name of `Haddad, Noor`, `HADDAD Noor`, `Mme HADDAD Samira`."""
    text = words(cell)
    if not text:
        return None
    text = TITLES_OF_PEOPLE.sub("", text) or text
    if "," in text:
        family, given = (part.strip() for part in text.split(",", 1))
        return family, given
    parts = text.split(" ")
    capitals = [part for part in parts if part.isupper() and len(part) > 1]
    if capitals and len(capitals) < len(parts):
        return " ".join(capitals), " ".join(part for part in parts if part not in capitals)
    return parts[0], " ".join(parts[1:])

"""What people write of persons in cells, and what they mean."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from preau.kit.imports.values import Wrong, day, one_of, spread, words
from preau.kit.tables import Cell, as_text
from preau.people.birthdays import is_birthday

gender = one_of(
    spread(
        {
            "F": "F V féminin femme fille Mme Mlle Madame vrouw vrouwelijk meisje female woman girl W",
            "M": "M H masculin homme garçon Monsieur Mr man mannelijk jongen male boy G",
            "X": "X autre ander andere other unspecified NB O U",
        }
    ),
    lambda: _("Write F, M or X."),
)

LANGUAGES = {
    "fr": "fr f français francais french frans fra fre",
    "nl": "nl n néerlandais nederlands dutch flamand vlaams nld dut",
    "en": "en e anglais engels english eng",
}
language = one_of(spread(LANGUAGES), lambda: _("Write fr, nl or en: the languages of this site."))

tie = one_of(
    spread(
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


def birthday(cell: Cell) -> date | None:
    """Return a date of birth: of somebody who lives, and is born."""
    born_on = day(cell)
    if born_on is None:
        return None
    if not is_birthday(born_on):
        raise Wrong(
            _("“%(typed)s” is no date of birth of somebody at school.") % {"typed": as_text(cell)[:40]},
            _("Write the day with all four figures of the year, like 24/08/2011."),
        )
    return born_on


class FullName(NamedTuple):
    """Family and given name, and whether the cell itself said where the one ends."""

    family: str
    given: str
    is_told: bool = True


TITLE = r"(?:m\.|mr\.?|mme\.?|mlle\.?|mevr\.?|dhr\.?|monsieur|madame|mademoiselle)"
TITLES = re.compile(rf"^{TITLE}(?:\s+(?:et|en|&)\s+{TITLE})?\s+", re.IGNORECASE)
PARTICLES = frozenset(
    {
        "'d", "'s", "'t", "al", "ait", "aït", "bel", "ben", "d", "d'", "da", "dal", "de", "del", "della",
        "den", "der", "des", "di", "do", "dos", "du", "el", "ibn", "la", "las", "le", "les", "lo", "los",
        "op", "te", "ten", "ter", "van", "vande", "vanden", "vander", "von", "y", "zu", "zum", "zur",
    }
)  # fmt: skip


def full_name(cell: Cell) -> FullName | None:
    """
    Return family and given name of `Haddad, Noor`, `HADDAD Noor`, `Mme HADDAD Samira`, `de la Cruz Maria`.

    No word is lost. Where neither a comma nor capitals tell them apart, the first word is the family name,
    with the particles before it: that is a guess, and said.
    """
    text = words(cell)
    if not text:
        return None
    text = TITLES.sub("", text) or text
    if "," in text:
        family, given = (part.strip() for part in text.split(",", 1))
        return FullName(family, given)
    parts = text.split(" ")
    capitals = [part for part in parts if part.isupper() and len(part) > 1]
    if capitals and len(capitals) < len(parts):
        return FullName(" ".join(capitals), " ".join(part for part in parts if part not in capitals))
    ends = next((place for place, part in enumerate(parts) if part.casefold() not in PARTICLES), 0) + 1
    return FullName(" ".join(parts[:ends]), " ".join(parts[ends:]), is_told=len(parts) == 1)

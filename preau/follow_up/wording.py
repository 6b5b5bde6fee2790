"""Words that say what a pupil has rather than what helps: they have no place in a plan."""

import re
from functools import cache

from preau.people.models import name_for_sorting

STEMS = (
    "dyslexi",
    "dyscalculi",
    "dysorthographi",
    "dysgraphi",
    "dysphasi",
    "dyspraxi",
    "dyslectic",
    "tdah",
    "adhd",
    "autis",
    "asperger",
    "trouble",
    "syndrome",
    "diagnos",
    "handicap",
    "maladie",
    "malade",
    "depressi",
    "anxie",
    "epilep",
    "diabet",
    "malvoyan",
    "malentendan",
    "haut potentiel",
)
NAME_OF_A_FONT = "open dyslexic"


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(STEMS)})")


def names_a_diagnosis(text: str) -> bool:
    """Say whether a text seems to name what a pupil has. A font of that name is let through."""
    return bool(_pattern().search(name_for_sorting(text).replace(NAME_OF_A_FONT, "")))

"""
French lets go of a vowel before another: « de » and « Elias » make « d’Elias ».

A sentence does not know what it will be filled with. So it is written once, with its whole words (« Résultats
de %(name)s »), and the letter falls when the sentence is filled.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.utils.translation import trans_real

from .typography import kept_together

LANGUAGE = "fr"
LEANING = re.compile(r"\b([dD]|[qQ]u|[jJ]usqu|[lL]orsqu|[pP]uisqu)e %\((\w+)\)s")
"""A word that leans on what comes next, and what fills that place."""
VOWELS = frozenset("aeiouh")
SAID_ALOUD = (
    "onz",
    "oui",
    "ouistiti",
    "hui",
    "haut",
    "hors",
    "hall",
    "halt",
    "hand",
    "hock",
    "hauss",
    "hong",
    "héros",
)
"""How words begin that look as if a letter could fall before them, and keep theirs."""


def lets_a_letter_fall(words: str) -> bool:
    """Say whether what is said before these words lets go of its vowel: « d’Yves », but « de Yasmine »."""
    bare = unicodedata.normalize("NFD", words.strip().lower())
    letters = [sign for sign in bare if unicodedata.category(sign) != "Mn"]
    if not letters or words.lower().startswith(SAID_ALOUD):
        return False
    if letters[0] == "y":
        return len(letters) > 1 and letters[1].isalpha() and letters[1] not in VOWELS
    return letters[0] in VOWELS or letters[0] == "œ"


class Sentence(str):
    """A French sentence to be filled."""

    __slots__ = ()

    def __mod__(self, told: Any) -> str:
        if not isinstance(told, Mapping):
            return super().__mod__(told)

        def leaned(found: re.Match[str]) -> str:
            falls = lets_a_letter_fall(str(told.get(found[2], "")))
            return f"{found[1]}’%({found[2]})s" if falls else found[0]

        return LEANING.sub(leaned, self) % told


class Translation(trans_real.DjangoTranslation):
    """The catalogues of a language; the sentences of French know how to be filled and to keep together."""

    def __init__(self, language: str, *args: Any, **more: Any) -> None:
        super().__init__(language, *args, **more)
        if language == LANGUAGE:
            for catalogue in vars(self)["_catalog"]._catalogs:
                catalogue.update((key, kept_together(said)) for key, said in catalogue.items())

    def gettext(self, message: str) -> str:
        return self._to_be_filled(super().gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._to_be_filled(super().ngettext(msgid1, msgid2, n))

    def _to_be_filled(self, said: str) -> str:
        return Sentence(said) if self.language() == LANGUAGE and "e %(" in said else said


def speak_french() -> None:
    """Let every sentence of the house come from such catalogues. Django has no setting for it."""
    trans_real.DjangoTranslation = Translation  # type: ignore[misc]
    vars(trans_real)["_translations"].clear()
    vars(trans_real)["_default"] = None

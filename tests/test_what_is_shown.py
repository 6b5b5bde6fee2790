"""
What is shown was translated: not only what is collected for translation.

Every page is read in a language whose sentences come between marks. What stands outside of them is data – a
name, a title, a remark – or a sentence that reaches people in English because it escaped: called through
another name, kept when no language was chosen, put together from pieces. Words that stand nowhere in the
database are named. The handbook is written in French alone, and is not read here.
"""

import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import trans_real

from preau.design import queue
from preau.design.templatetags import ui
from preau.kit import memory
from preau.kit.elision import Sentence, Translation, speak_french
from preau.people.models import Person
from tests.markup import is_page
from tests.walk import Walk

OPENS, CLOSES = "⟦", "⟧"
WORD = re.compile(r"[^\W\d_]{3,}")
CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4})+")
"""By which a card is checked: it follows from what the card says."""
NOT_READ = {"script", "style", "code", "kbd", "noscript", "svg", "pre"}
SAID_BY = {"title", "aria-label", "placeholder", "alt", "data-title", "data-words", "label"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HANDBOOK = {"portal:help", "portal:chapter"}
ALLOWED = tomllib.loads(Path(__file__).with_name("shown.toml").read_text())["words"]


class Marked(Translation):
    """The catalogues of a language, each sentence found in them between marks."""

    def gettext(self, message: str) -> str:
        said = super().gettext(message)
        return marked(said) if said and self._catalog.get(message) is not None else said

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        said = super().ngettext(msgid1, msgid2, n)
        return marked(said) if (msgid1, 0) in self._catalog else said


def marked(said: str) -> str:
    between = f"{OPENS}{said}{CLOSES}"
    return Sentence(between) if isinstance(said, Sentence) else between


class Shown(HTMLParser):
    """Reads a page: `unmarked` are the texts that people see or hear, outside of any mark."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.unmarked: list[str] = []
        self._depth = 0
        self._skipped: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped or tag in NOT_READ:
            if tag not in VOID:
                self._skipped.append(tag)
            return
        for name, value in attrs:
            if name in SAID_BY and value:
                self.unmarked += outside(value, 0)[0]
        if tag == "input" and dict(attrs).get("type") in {"submit", "button"}:
            self.unmarked += outside(dict(attrs).get("value") or "", 0)[0]

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag in self._skipped:
            while self._skipped.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            some, self._depth = outside(data, self._depth)
            self.unmarked += some


def outside(text: str, depth: int) -> tuple[list[str], int]:
    """Return what stands outside of the marks, and how deep in them the text ends."""
    found, start = [], 0
    for place, sign in enumerate(text):
        if sign == OPENS:
            if depth == 0:
                found.append(text[start:place])
            depth += 1
        elif sign == CLOSES:
            depth -= 1
            start = place + 1
    if depth == 0:
        found.append(text[start:])
    return [piece.strip() for piece in found if piece.strip()], depth


def words_of(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(CODE.sub("", text))}


def data() -> set[str]:
    """Return every word that stands in the database, in a text or in JSON."""
    known: set[str] = set()
    for model in apps.get_models():
        texts = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, (models.CharField, models.TextField, models.JSONField, models.FileField))
        ]
        for row in model._base_manager.values_list(*texts) if texts else ():
            for value in row:
                known |= words_of(str(value))
    return known


def _forget_sentences() -> None:
    """Let go of what is kept once it was said: catalogues, and the parts of pages that are drawn once."""
    vars(trans_real)["_translations"].clear()
    vars(trans_real)["_default"] = None
    for drawn_once in (queue._sentences, ui._standing_notices):
        drawn_once.cache_clear()
    memory.forget()


@pytest.fixture
def in_marks() -> Iterator[Any]:
    """Let every sentence of every language come between marks."""
    trans_real.DjangoTranslation = Marked
    _forget_sentences()
    yield
    speak_french()
    _forget_sentences()


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_nothing_that_is_shown_is_left_in_english(walk: Walk, in_marks, settings, language: str):
    settings.LANGUAGE_CODE = language
    Person.objects.update(language=language)
    known = data() | set(ALLOWED)
    left: dict[str, list[str]] = {}
    for page, answer in walk.pages():
        if is_page(answer) and str(page.door) not in HANDBOOK:
            for text in Shown(answer.text).unmarked:
                if words_of(text) - known:
                    left.setdefault(" ".join(text.split())[:120], []).append(str(page))

    assert not left, "\n".join(f"{text!r} on {', '.join(pages[:2])}" for text, pages in sorted(left.items()))


def test_a_sentence_that_escaped_is_seen():
    page = (
        f"<p title='{OPENS}Nom{CLOSES}'>{OPENS}Bonjour <b>Noor</b>{CLOSES} Good morning</p><code>x y z</code>"
    )

    assert Shown(page).unmarked == ["Good morning"]
    assert Shown("<p aria-label='Close'></p>").unmarked == ["Close"]
    assert words_of("14,5 sur 20 · h") == {"sur"}
    assert words_of("Checked: 33SC-7C1T-ECCA") == {"checked"}

"""A French sentence is filled as one says it: « Résultats d’Elias », « Résultats de Noor »."""

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

from preau.kit.elision import Sentence, lets_a_letter_fall

WORDS = "Results of %(name)s"
LAZY = gettext_lazy(WORDS)


@pytest.mark.parametrize(
    ("words", "falls"),
    [
        ("Elias", True),
        ("Émile", True),
        ("Åsa", True),
        ("Hélène", True),
        ("Œdipe", True),
        ("Yves", True),
        ("anglais", True),
        ("Yasmine", False),
        ("Noor", False),
        ("onze", False),
        ("haute tension", False),
        ("11", False),
        ("", False),
        ("王", False),
    ],
)
def test_a_letter_falls_before_a_vowel_that_one_hears(words: str, falls: bool):
    assert lets_a_letter_fall(words) is falls


@pytest.mark.parametrize(("name", "said"), [("Elias", "Résultats d’Elias"), ("Noor", "Résultats de Noor")])
def test_every_way_of_filling_a_sentence_lets_it_fall(name: str, said: str):
    page = Template("{% load i18n %}{% blocktranslate %}Results of {{ name }}{% endblocktranslate %}")
    with translation.override("fr"):
        assert gettext(WORDS) % {"name": name} == said
        assert LAZY % {"name": name} == said
        assert page.render(Context({"name": name})) == said
    with translation.override("en"):
        assert gettext(WORDS) % {"name": name} == f"Results of {name}"


def test_only_the_word_before_what_is_filled_in_changes():
    assert (
        Sentence("que %(a)s vienne de %(b)s, de là") % {"a": "Inès", "b": "Zoé"}
        == "qu’Inès vienne de Zoé, de là"
    )
    assert Sentence("de %s") % "Elias" == "de Elias"
    assert Sentence("le code de « %(a)s »") % {"a": "Elias"} == "le code de « Elias »"

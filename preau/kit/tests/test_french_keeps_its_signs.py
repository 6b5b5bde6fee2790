"""No line of a French page begins with a colon or a closing guillemet."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.trans_real import DjangoTranslation

from preau.kit.typography import as_typed, kept_together

FAILED, RESULTS = "Failed:", "Results of %(name)s"
BREAKS = re.compile(r" [:;!?»]|« ")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Pourquoi ?", "Pourquoi\xa0?"),
        ("« Juin » : rien", "«\xa0Juin\xa0»\xa0: rien"),
        ("à 16:12", "à 16:12"),
        ("Déjà\xa0!", "Déjà\xa0!"),
        ("https://preau.example", "https://preau.example"),
        (" ; ou ", "\xa0; ou "),
    ],
)
def test_an_ordinary_space_becomes_one_that_does_not_break(typed, shown):
    assert kept_together(typed) == shown
    assert kept_together(shown) == shown
    assert as_typed(shown).replace("\xa0", " ") == typed.replace("\xa0", " ")


def test_no_french_sentence_of_the_house_breaks_before_its_signs():
    said = [words for catalogue in DjangoTranslation("fr")._catalog._catalogs for words in catalogue.values()]

    assert len(said) > 3000
    assert [words for words in said if BREAKS.search(words)] == []
    assert any("\xa0:" in words for words in said)


def test_dutch_is_left_alone_and_so_is_what_people_typed():
    with translation.override("fr"):
        assert gettext(FAILED) == "En échec\xa0:"
        assert "a : b" in gettext(RESULTS) % {"name": "a : b"}
    dutch = [
        words for catalogue in DjangoTranslation("nl")._catalog._catalogs for words in catalogue.values()
    ]
    assert not any("\xa0?" in words for words in dutch)

"""Two catalogues of one language agree on a sentence, for only one of them is ever read."""

import pytest

from preau.kit.messages import CATALOGUES, PACKAGE, disagreements


@pytest.fixture
def catalogues(tmp_path):
    """Write what each app says in French, and return the catalogues."""

    def write(**apps):
        for app, entries in apps.items():
            path = tmp_path / app / "locale/fr/LC_MESSAGES/django.po"
            path.parent.mkdir(parents=True)
            path.write_text(entries, encoding="utf-8")
        return tmp_path.glob(CATALOGUES)

    return write


def test_two_words_for_one_sentence_are_told(catalogues):
    found = catalogues(people='msgid "gone"\nmsgstr "partis"\n', kit='msgid "gone"\nmsgstr "disparu"\n')

    assert list(disagreements(found)) == ["fr: 'gone' is 'disparu' in kit and 'partis' in people"]


def test_two_meanings_may_have_two_words(catalogues):
    found = catalogues(
        people='msgctxt "pupils"\nmsgid "gone"\nmsgstr "partis"\n', kit='msgid "gone"\nmsgstr "disparu"\n'
    )

    assert list(disagreements(found)) == []


def test_a_lost_placeholder_is_told(catalogues):
    lost = 'msgid "until %(day)s"\nmsgstr "jusqu’au"\n'

    assert list(disagreements(catalogues(people=lost))) == [
        "preau/people fr: other placeholders than in 'until %(day)s'"
    ]


def test_ours_agree():
    assert list(disagreements(PACKAGE.glob(CATALOGUES))) == []

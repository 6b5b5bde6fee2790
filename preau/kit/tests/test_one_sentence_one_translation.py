"""Every sentence is collected; two catalogues agree on it, for only one of them is ever read."""

import ast
from collections.abc import Iterator

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


SPEAKING = {"gettext", "ngettext", "pgettext", "npgettext"}
SPEAKING |= {f"{name}_lazy" for name in SPEAKING}


def unheard(source: str) -> Iterator[str]:
    """Yield what would be said without being collected: through a name of its own, or in an f-string."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for name in node.names:
                if name.name in SPEAKING and (name.asname or "_") not in {"_", name.name}:
                    yield f"line {node.lineno}: {name.name} is called {name.asname}"
        if isinstance(node, ast.Assign) and getattr(node.value, "id", "") in SPEAKING:
            yield f"line {node.lineno}: a way of saying gets another name"
        if isinstance(node, ast.JoinedStr):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in {"_", *SPEAKING}:
                    yield f"line {inner.lineno}: a sentence within an f-string"


def test_every_sentence_of_the_source_is_one_that_the_catalogues_collect():
    found = [
        f"{file.relative_to(PACKAGE)} {words}"
        for file in sorted(PACKAGE.rglob("*.py"))
        if "tests" not in file.parts
        for words in unheard(file.read_text(encoding="utf-8"))
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "from django.utils.translation import gettext as say",
        "from django.utils.translation import gettext\nsay = gettext",
        "x = f\"{_('; or')} \"",
    ],
)
def test_what_would_not_be_collected_is_found(source: str):
    assert list(unheard(source))
    assert not list(unheard("from django.utils.translation import gettext as _\nx = _('one')"))

"""What the people of the house write in Markdown is drawn, and nothing that is not theirs gets in."""

import pytest

from preau.kit import prose


def drawn(page: str) -> str:
    return prose.drawn(page, lambda target: "" if "/" in target else f"/at/{target}")


@pytest.mark.parametrize(
    ("page", "html"),
    [
        ("## À l’école", '<h2 id="a-lecole">À l’école</h2>'),
        ("one\ntwo", "<p>one two</p>"),
        ("- one\n  more\n- two", "<ul><li>one more</li><li>two</li></ul>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("a **b *c*** `d*`", "<p>a <strong>b <em>c</em></strong> <code>d*</code></p>"),
        ("[x](y.md#z)", '<p><a href="/at/y.md#z">x</a></p>'),
        ("[x](../out/y.md)", "<p>x</p>"),
        ("![x](y.png)", '<figure><img src="/at/y.png" alt="x" loading="lazy"></figure>'),
        ("words:\n- one", "<p>words:</p>\n<ul><li>one</li></ul>"),
        ("<!-- for: nobody -->\n\n---", ""),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
    ],
)
def test_each_thing_is_drawn(page: str, html: str):
    assert drawn(page) == html


def test_a_table_has_its_head():
    page = drawn("| A | B |\n|---|---|\n| *a* | b |")

    assert '<th scope="col">A</th>' in page
    assert "<tr><td><em>a</em></td><td>b</td></tr>" in page


def test_names_and_words_are_taken_out_of_a_page():
    page = "## *One*\n\n- two **three**\n\n| *four\nfive* |\n"

    assert prose.emphasized(page) == ["One", "four five"]
    assert prose.plain(page) == "One two three four five"

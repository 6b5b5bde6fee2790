"""Pages go compressed to browsers that take them so, as they are to all others; documents go as they are."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.urls import reverse

from preau.kit.middleware import CompressText

LONG = b"Le pr\xc3\xa9au est couvert. " * 400


@pytest.fixture
def over_the_line(rf):
    def over_the_line(response, takes="gzip, br"):
        return CompressText(lambda request: response)(rf.get("/", headers={"Accept-Encoding": takes}))

    return over_the_line


def test_a_page_is_an_eighth_on_the_line_and_the_same_in_the_browser(school, client):
    client.force_login(school.vandamme.account)
    sheet = reverse("gradebook:sheet", args=[school.maths_4tta.pk, school.december.pk])

    plain = client.get(sheet)
    packed = client.get(sheet, headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 3
    assert "</html>" in gzip.decompress(packed.content).decode()
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_same_page_never_has_the_same_length(over_the_line):
    lengths = {len(over_the_line(HttpResponse(LONG)).content) for _time in range(20)}

    assert len(lengths) > 1  # Padded: a length tells nothing of a token in the page.


@pytest.mark.parametrize(
    ("kind", "is_packed"),
    [
        ("text/html; charset=utf-8", True),
        ("text/csv", True),
        ("application/json", True),
        ("application/pdf", False),
        ("image/png", False),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
        ("", False),
    ],
)
def test_texts_are_compressed_and_documents_are_not(over_the_line, kind, is_packed):
    answer = over_the_line(HttpResponse(LONG, headers={"Content-Type": kind}))

    assert (answer.headers.get("Content-Encoding") == "gzip") is is_packed
    assert (len(answer.content) < len(LONG)) is is_packed


def test_what_is_sent_piece_by_piece_or_is_short_goes_as_it_is(over_the_line, tmp_path):
    (tmp_path / "list.csv").write_bytes(LONG)

    streamed = over_the_line(FileResponse((tmp_path / "list.csv").open("rb"), content_type="text/csv"))

    assert "Content-Encoding" not in streamed.headers
    assert b"".join(streamed) == LONG
    assert "Content-Encoding" not in over_the_line(HttpResponse(b"ok")).headers
    assert "Content-Encoding" not in over_the_line(HttpResponse(LONG), takes="identity").headers

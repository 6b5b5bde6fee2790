"""A template and its data become a tagged document; what people typed stays what they typed."""

import io
import threading
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from preau.kit import fonts, pdf, surroundings

LETTER = Path(__file__).parent / "pdf/letter.typ"
CURIOUS = Path(__file__).parent / "pdf/curious.typ"


def letter(*lines: str, title: str = "Lettre") -> bytes:
    return pdf.compile_pdf(LETTER, {"title": title, "lines": lines})


def text_of(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages).split())


def test_a_document_is_tagged_titled_and_speaks_its_language():
    catalogue = (reader := PdfReader(io.BytesIO(letter("Bonjour.")))).root_object

    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "fr"
    assert reader.metadata.title == "Lettre"
    assert b"pdfuaid:part>1<" in catalogue["/Metadata"].get_data()


def test_the_same_data_give_the_same_bytes():
    assert letter("Bonjour.") == letter("Bonjour.")
    assert letter("Bonjour.") != letter("Bonsoir.")


@pytest.mark.parametrize(
    "typed",
    [
        '#include "curious.typ"',
        '#read("/etc/passwd")',
        "$ integral x $ @ref *bold* _thin_ <label> `raw`",
        '"))) #panic("out") //',
        "\\u{41} \\n \\\\ \\",
        "#import sys: inputs",
        "https://example.org/#fragment -- ~ 'quotes' \"doubles\"",
    ],
)
def test_what_people_type_is_never_markup(typed):
    assert text_of(letter(typed)) == f"Lettre {typed}"


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../../../../../../etc/passwd", "../pdf.py"])
def test_a_template_reads_nothing_outside_its_folder(path):
    with pytest.raises(typst.TypstError):
        pdf.compile_pdf(CURIOUS, {"path": path})


def test_a_template_fetches_no_package(tmp_path):
    template = tmp_path / "far.typ"
    template.write_text('#import "@local/evil:1.0.0": *\n#let sheet(data) = none')

    with pytest.raises(typst.TypstError, match="not found"):
        pdf.compile_pdf(template, {})


def test_names_of_the_whole_world_are_drawn_or_replaced():
    lines = ["Łukasz Ğüneş", "عائشة", "😀 中", "\x07bell\ud800", "\u202etrap", "한"]
    document = letter(*lines)

    found = text_of(document)
    assert "Łukasz Ğüneş" in found
    wide = len(fonts.wide_fonts()) == len(fonts.WIDE_FONTS)
    assert ("😀 中" if wide else f"{fonts.INSTEAD} {fonts.INSTEAD}") in found
    assert "bell" in found
    assert "\u202e" not in found
    assert fonts.not_drawn(lines) == ("한" if wide else "😀中한")


def test_what_was_drawn_with_the_first_fonts_is_drawn_so_for_ever():
    found = text_of(pdf.compile_pdf(LETTER, {"title": "王", "lines": ["😀 中"]}, fonts=fonts.Fonts.FIRST))

    assert f"{fonts.INSTEAD} {fonts.INSTEAD}" in found


def test_a_document_has_the_date_of_its_data_or_none():
    dated = {"title": "Lettre", "lines": [], "made_at": 1_800_000_000}

    assert "D:20270115" in str(PdfReader(io.BytesIO(pdf.compile_pdf(LETTER, dated))).metadata)
    assert "D:1970" in str(PdfReader(io.BytesIO(letter("x"))).metadata)
    assert pdf.compile_pdf(LETTER, dated) == pdf.compile_pdf(LETTER, dated)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_makes_a_valid_document(typed):
    assert letter(typed, title=f"Titre {typed}").startswith(b"%PDF")


@pytest.mark.parametrize("typed", ["0\ufe0f\u20e3", "1\u20e3", "x\u20dd", "a\ufeffb"])
def test_signs_around_or_between_others_are_left_out(typed):
    assert letter(typed).startswith(b"%PDF")


def test_marks_piled_on_letters_are_left_out_where_no_font_draws_them():
    piled = "Z\u032e\u031e\u0320\u0359\u0354\u0345A\u0300\u0317\u031e\u0348\u033b\u0317 é \u0321\u0353"

    document = letter(piled, title=piled)

    assert document.startswith(b"%PDF")
    assert "é" in text_of(document)


def test_a_narrow_sound_mark_of_japanese_after_a_bracket_stops_no_document():
    document = letter("(\uff9f･)", title="(\uff9f･)")

    assert "(･)" in text_of(document)


def test_many_are_drawn_one_by_one_and_progress_is_told():
    told = []
    items = [{"title": f"Lettre {number}", "lines": []} for number in range(3)]

    drawn = list(pdf.compile_many(LETTER, items, lambda done, total: told.append((done, total)), total=3))

    assert len(drawn) == 3
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_threads_take_turns():
    drawn = {}
    threads = [threading.Thread(target=lambda n=n: drawn.update({n: letter(f"Fil {n}")})) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [f"Fil {n}" in text_of(drawn[n]) for n in range(4)] == [True] * 4


def test_missing_fonts_are_said_clearly(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "OUR_FONTS", (tmp_path,))
    fonts.fonts_of.cache_clear()

    try:
        with pytest.raises(fonts.FontsMissing, match="bin/setup"):
            fonts.fonts_of(fonts.Fonts.ALL)
    finally:
        fonts.fonts_of.cache_clear()


def test_helpers_draw_the_same_in_the_same_order():
    items = [{"title": f"Lettre {number}", "lines": ["😀 Łukasz"]} for number in range(5)]

    alone = list(pdf.compile_many(LETTER, items, processes=1))

    assert list(pdf.compile_many(LETTER, items, processes=2)) == alone


def test_a_helper_inherits_no_secret(monkeypatch):
    monkeypatch.setenv("PREAU_SECRET_KEY", "keep me")
    monkeypatch.setenv("DATABASE_URL", "postgres://preau:secret@localhost/preau")

    with pdf._Helper(LETTER, fonts.Fonts.ALL) as helper:
        inherited = Path(f"/proc/{helper.process.pid}/environ")
        told = inherited.read_text() if inherited.exists() else str(surroundings.without_secrets())

    assert "keep me" not in told
    assert "secret@" not in told


def test_a_helper_says_what_is_wrong():
    with pytest.raises(pdf.DrawingFailed, match="does not contain key"):
        list(pdf.compile_many(LETTER, [{}], processes=2))

"""A file is what its content says; what a use does not take is refused; names are given back harmless."""

import struct
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from preau.files.contents import (
    DOCUMENTS,
    LONGEST_NAME,
    PICTURES,
    PLAIN_BYTES,
    SUFFIXES,
    BrokenPicture,
    FileTooLarge,
    HasMacros,
    NotAccepted,
    PictureTooLarge,
    checked_type,
    name_of,
)
from preau.files.uses import MB, Use
from preau.kit.refusals import Refusal
from tests.odd_files import HOSTILE, odd

from .builders import PDF, packed, picture, sent

ANY_DOCUMENT = Use("files.documents", DOCUMENTS, heaviest=MB)


def bomb(width=50_000, height=50_000) -> bytes:
    """A PNG of a few bytes that says it is 2.5 billion points."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (PDF, "pdf"),
        (picture(), "png"),
        (picture(form="JPEG"), "jpg"),
        (picture(form="WEBP"), "webp"),
        (packed(**{"word__document.xml": "<w/>"}), "docx"),
        (packed(**{"xl__workbook.xml": "<x/>"}), "xlsx"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
    ],
)
def test_a_file_is_what_its_content_says(content, suffix):
    kind = checked_type(sent(content, "copie.exe"), ANY_DOCUMENT)

    assert name_of("../../copie.exe", kind) == f"copie.{suffix}"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<html><script>alert(1)</script>", NotAccepted),
        (b"<svg onload='alert(1)'/>", NotAccepted),
        (b"MZ\x90\x00", NotAccepted),
        (b"GIF89a", NotAccepted),
        (b"", NotAccepted),
        (b"PK\x03\x04 broken", NotAccepted),
        (packed(anything="else"), NotAccepted),
        (packed(mimetype="text/html"), NotAccepted),
        (packed(**{"word__document.xml": "", "word__vbaProject.bin": ""}), HasMacros),
        (packed(**{"mimetype": "application/vnd.oasis.opendocument.text", "Basic__x.xml": ""}), HasMacros),
        (b"\x89PNG\r\n\x1a\n and nothing", BrokenPicture),
        (b"\xff\xd8\xff\xe0 and nothing", BrokenPicture),
        (bomb(), PictureTooLarge),
        (bomb(10_000, 5_001), PictureTooLarge),
    ],
)
def test_anything_else_is_refused_with_a_sentence_that_names_it(content, refusal):
    with pytest.raises(refusal) as refused:
        checked_type(sent(content, "énoncé.pdf"), ANY_DOCUMENT)

    assert "énoncé.pdf" in str(refused.value)


def test_what_is_too_large_is_refused_before_anybody_looks_at_it():
    with pytest.raises(FileTooLarge):
        checked_type(sent(PDF + bytes(MB), "énoncé.pdf"), ANY_DOCUMENT)


def test_a_use_takes_what_it_says_and_no_more():
    photos = Use("files.photos", PICTURES, heaviest=MB)

    assert checked_type(sent(picture()), photos) == "image/png"
    with pytest.raises(NotAccepted, match="none of these: PNG, JPEG or WebP"):
        checked_type(sent(PDF), photos)


def test_a_use_that_takes_anything_keeps_it_as_bytes():
    anything = Use("files.anything", None, heaviest=MB)

    assert checked_type(sent(b"<html>"), anything) == PLAIN_BYTES
    assert name_of("élèves 2026.csv", PLAIN_BYTES) == "élèves 2026.csv"
    with pytest.raises(FileTooLarge, match=r"2 MB: 1 MB is the most"):
        checked_type(sent(bytes(MB + 1)), anything)


def told(content: bytes, name: str) -> str:
    """The type of a file, or the sentence that refuses it."""
    try:
        return checked_type(sent(content, name), ANY_DOCUMENT)
    except Refusal as refusal:
        return str(refusal)


@pytest.mark.parametrize("file", odd(*HOSTILE))
def test_hostile_files_are_told_for_what_they_are_or_refused(file):
    answer = told(file.content, file.name)

    if file.content.startswith(b"PK"):
        assert answer.endswith(("sheet", "spreadsheet"))
    else:
        assert answer.startswith(f"“{file.name}” is none of these: PDF")


HEADS = [b"", b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF....WEBP"]


@given(st.binary(max_size=300), st.sampled_from(HEADS))
def test_whatever_the_bytes_the_answer_is_a_known_type_or_a_sentence(body, head):
    answer = told(head + body, "copie.pdf")

    if answer not in SUFFIXES:
        assert answer.startswith("“copie.pdf” ")


@given(st.text(max_size=400), st.sampled_from([*SUFFIXES, PLAIN_BYTES]))
@example("", PLAIN_BYTES)
@example("...", "application/pdf")
@example("a\x00\x1fb", "application/pdf")
@example("👩🏽‍🏫 leçon 🎒", "application/pdf")
@example("\u202efdp.exe", "application/pdf")
@example("שיעור.pdf", "application/pdf")
@example("é" * 300, "application/pdf")
@example("../../etc/passwd", PLAIN_BYTES)
@example("..\\..\\win.ini", PLAIN_BYTES)
@example("x\r\nSet-Cookie: a=b", "application/pdf")
@example("a.html", "image/png")
@example("\ud800", "application/pdf")
def test_any_name_is_given_back_harmless(name, kind):
    given_back = name_of(name, kind)

    assert 1 <= len(given_back) <= LONGEST_NAME
    assert given_back.isprintable()
    assert not set("/\\\x00") & set(given_back)
    assert given_back.strip(". ")
    assert not given_back.startswith(".")
    if kind != PLAIN_BYTES:
        assert given_back.endswith(f".{SUFFIXES[kind]}")
    assert name_of(given_back, kind) == given_back


def test_a_name_keeps_its_words_in_any_script():
    assert name_of("שיעור ראשון.PDF", "application/pdf") == "שיעור ראשון.pdf"
    assert name_of("🎒 sortie.jpeg", "image/jpeg") == "🎒 sortie.jpg"

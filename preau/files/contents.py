"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import zipfile
from typing import IO, TYPE_CHECKING, Any

from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal

from . import pictures

if TYPE_CHECKING:
    from .uses import Use

MOST_PARTS = 5000
PDF, PLAIN_BYTES = "application/pdf", "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
SUFFIXES = {
    PDF: "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    f"{OFFICE}wordprocessingml.document": "docx",
    f"{OFFICE}spreadsheetml.sheet": "xlsx",
    f"{OFFICE}presentationml.presentation": "pptx",
    f"{OPEN_DOCUMENT}text": "odt",
    f"{OPEN_DOCUMENT}spreadsheet": "ods",
    f"{OPEN_DOCUMENT}presentation": "odp",
}
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
DOCUMENTS = frozenset(SUFFIXES)
NAMES = dict(
    zip(
        SUFFIXES,
        ("PDF", "PNG", "JPEG", "WebP", "Word", "Excel", "PowerPoint", *["OpenDocument"] * 3),
        strict=True,
    )
)
OFFICE_PARTS = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{OFFICE}presentationml.presentation",
}
LONGEST_NAME = 120
SHOWN_OF_NAME = 60


class FileTooLarge(Refusal):
    words = _("This file is %(size)s MB: %(most)s MB is the most. Make it lighter, then send it again.")


class NotAccepted(Refusal):
    words = _("“%(name)s” is none of these: %(accepted)s.")


class HasMacros(Refusal):
    words = _("“%(name)s” holds macros, small programs. Save it without them, or as a PDF.")


class BrokenPicture(Refusal):
    words = _(
        "“%(name)s” says that it is a picture, and cannot be opened as one. Save it again, then send it."
    )


class PictureTooLarge(Refusal):
    words = _("“%(name)s” has more than 50 million points. Make it smaller, then send it again.")


def checked_type(file: Any, use: Use) -> str:
    """
    Return what a file is, if the use takes it.

    :raises FileTooLarge: above what the use allows
    :raises NotAccepted: when it is nothing the use accepts
    :raises HasMacros: when an office document holds programs
    :raises BrokenPicture, PictureTooLarge: when a picture cannot be opened, or unfolds into too much
    """
    name = (file.name or "")[:SHOWN_OF_NAME]
    if file.size > use.heaviest:
        raise FileTooLarge(size=_megabytes(file.size), most=_megabytes(use.heaviest))
    if use.accepts is None:
        return PLAIN_BYTES
    kind = content_type_of(file, name)
    if kind not in use.accepts:
        accepted = dict.fromkeys(NAMES[known] for known in SUFFIXES if known in use.accepts)
        raise NotAccepted(name=name, accepted=get_text_list(list(accepted), _("or")))
    if kind in PICTURES:
        _check_picture(file, name)
    return kind


def content_type_of(file: Any, name: str) -> str:
    """
    Return what a file is; bytes, when it is nothing that is known here.

    :raises HasMacros: when an office document holds programs
    """
    file.seek(0)
    head = file.read(16)
    kind = _picture_or_pdf(head) or (_packed(file, name) if head.startswith(b"PK\x03\x04") else None)
    file.seek(0)
    return kind or PLAIN_BYTES


def name_of(name: str, content_type: str) -> str:
    """Return a harmless name to give a file back under: what it was called, with the suffix of what it is."""
    plain = "".join(sign for sign in name.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable()).strip()
    stem, _dot, suffix = plain.rpartition(".")
    stem, suffix = (
        (stem or suffix).strip(". ") or "document",
        SUFFIXES.get(content_type, suffix if stem else ""),
    )
    ending = f".{suffix[:10]}" if suffix else ""
    return f"{stem[: LONGEST_NAME - len(ending)]}{ending}"


def _megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))


def _check_picture(file: Any, name: str) -> None:
    try:
        pictures.check(file)
    except pictures.TooManyPoints as error:
        raise PictureTooLarge(name=name) from error
    except pictures.Unreadable as error:
        raise BrokenPicture(name=name) from error


def _picture_or_pdf(head: bytes) -> str | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None


def _packed(file: IO[bytes], name: str) -> str | None:
    """Return which office document a packed file is: its parts are listed, none is unpacked but the type."""
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.namelist()
            if len(parts) > MOST_PARTS:
                return None
            if any(part.lower().endswith("vbaproject.bin") or part.startswith("Basic/") for part in parts):
                raise HasMacros(name=name)
            if "mimetype" in parts:
                with packed.open("mimetype") as said:
                    kind = said.read(100).decode("ascii", "replace").strip()
                return kind if kind in SUFFIXES else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    return next((kind for part, kind in OFFICE_PARTS.items() if part in parts), None)

"""What a file is, told by its content and never by its name: PDF, office document, picture."""

from __future__ import annotations

import zipfile
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal

MOST_BYTES = 10 * 1024 * 1024
MOST_PARTS = 5000
PDF = "application/pdf"
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
OFFICE_PARTS = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{OFFICE}presentationml.presentation",
}
LONGEST_NAME = 120


class FileTooLarge(Refusal):
    words = _("This file is %(size)s MB: 10 MB is the most. A PDF is often lighter.")


class NotADocument(Refusal):
    words = _("“%(name)s” is none of these: PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, WebP.")


class HasMacros(Refusal):
    words = _("“%(name)s” holds macros, small programs. Save it without them, or as a PDF.")


def content_type_of(file: Any, name: str) -> str:
    """
    Return what an uploaded file is.

    :raises FileTooLarge: above 10 MB
    :raises NotADocument: when it is nothing a school hands out
    :raises HasMacros: when an office document holds programs
    """
    if file.size > MOST_BYTES:
        raise FileTooLarge(size=-(-file.size // (1024 * 1024)))
    file.seek(0)
    head = file.read(16)
    kind = _picture_or_pdf(head) or (_packed(file, name) if head.startswith(b"PK\x03\x04") else None)
    file.seek(0)
    if kind is None:
        raise NotADocument(name=name[:60])
    return kind


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
                raise HasMacros(name=name[:60])
            if "mimetype" in parts:
                with packed.open("mimetype") as said:
                    kind = said.read(100).decode("ascii", "replace").strip()
                return kind if kind in SUFFIXES else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    return next((kind for part, kind in OFFICE_PARTS.items() if part in parts), None)


def name_of(name: str, content_type: str) -> str:
    """Return a name to give the file back under: what it was called, with the suffix of what it is."""
    plain = "".join(sign for sign in name.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable()).strip()
    stem = plain.rsplit(".", 1)[0].strip(". ") or "document"
    suffix = SUFFIXES[content_type]
    return f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"

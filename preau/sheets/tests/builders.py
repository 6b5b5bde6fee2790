"""What the page of a file sends, what the gradebook holds then, and what a document says."""

import io

from pypdf import PdfReader

from preau.gradebook.models import Grade


def form_of(page, **more):
    """Return what the page would send, with some answers changed."""
    found = page.context["found"]
    sent = {
        "seen": found.fingerprint,
        "seen_sheet": found.found.sheet,
        "seen_header": str(found.table.header.number),
        "sheet": found.found.sheet,
        "header": str(found.table.header.number),
        "last": str(found.choices.last or found.last or ""),
    }
    for it in found.columns:
        place, choice = it.column.place, it.choice
        sent |= {f"col-{place}": choice.what, f"title-{place}": choice.title}
        sent |= {f"max-{place}": choice.max_points, f"kind-{place}": choice.category}
        sent[f"day-{place}"] = choice.held_on
    for it in found.decisions():
        sent[f"row-{it.row.line.number}"] = "" if it.chosen is None else str(it.chosen)
    return sent | more


def grades_of(pupil):
    return {
        it.assessment.title: it.token.code if it.token else it.points
        for it in Grade.objects.filter(pupil=pupil).select_related("assessment", "token")
    }


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def is_tagged(content: bytes) -> bool:
    metadata = PdfReader(io.BytesIO(content)).root_object["/Metadata"].get_data()
    return b"pdfuaid:part>1<" in metadata

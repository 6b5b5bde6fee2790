"""What is asked and what is answered, as our views know it."""

import re
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django_htmx.middleware import HtmxDetails

from .refusals import Refusal


class Request(HttpRequest):
    """A request after our middleware: with the person who signed in (None before that) and HTMX's details."""

    person: Any
    """The `people.models.Person` who asks. The kit knows no person, hence Any."""
    htmx: HtmxDetails
    seeing: Any
    """With whose eyes the account that signed in looks, until when; absent when with its own."""
    moment: datetime
    """When it came, once something was done in it (`kit.acts`)."""
    has_acted: bool
    said: str
    to_mend: BaseForm
    """The form that came back with reasons."""
    refusal: Refusal
    """Why the school refused what a form asked (`kit.acts`)."""
    stands: dict[str, Any]
    """How the text that was kept stands now: `text` and `version` (`kit.texts`)."""


def file_name(words: str, suffix: str) -> str:
    """Return a name for a file to keep, whatever people called the thing: letters, figures, `.` and `-`."""
    kept = re.sub(r"[^\w.]+", "-", words).strip("-._")
    return f"{kept or 'preau'}.{suffix}"


def pdf_answer(content: bytes, words: str, *, keep: bool = False) -> HttpResponse:
    """
    Answer with a document that opens in the browser, under a name to keep it by.

    :param keep: it is saved at once instead, and nothing on the way may hold a copy
    """
    how = content_disposition_header(keep, file_name(words, "pdf"))
    headers = {"Content-Disposition": how} | ({"Cache-Control": "private, no-store"} if keep else {})
    return HttpResponse(content, content_type="application/pdf", headers=headers)

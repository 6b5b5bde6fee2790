"""The page that asks for a moment of patience: it asks nothing of the database, and tries again by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

SAFE = {"GET", "HEAD", "OPTIONS"}
RULES = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'"


def one_moment(environ: dict[str, Any], begin: Callable[..., Any], *, after: int) -> Iterable[bytes]:
    """
    Answer that there are too many just now, in the language of the browser.

    A page asks again by itself after so many seconds; what was sent is never sent again by itself. A piece of
    a page gets no page: the one around it says what happened, and what waits in the browser is sent later.
    """
    is_whole = not ("HTTP_HX_REQUEST" in environ or "HTTP_PREAU_QUEUE" in environ)
    is_page = environ["REQUEST_METHOD"] in SAFE
    language = language_of(WSGIRequest(environ))
    body = page_in(language, is_page) if is_whole else b""
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Content-Language", language),
        ("Content-Security-Policy", RULES),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cache-Control", "no-store"),
        ("Retry-After", str(after)),
        *([("Refresh", str(after))] if is_whole and is_page else []),
    ]
    begin("503 Service Unavailable", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def language_of(request: HttpRequest) -> str:
    """Return the language of the cookie or the browser: who it is would be asked of the database."""
    return translation.get_language_from_request(request)


@lru_cache(maxsize=16)
def page_in(language: str, is_page: bool) -> bytes:
    """Return the page, drawn once for each language: for who reads, and for who sent something."""
    with translation.override(language):
        return render_to_string("503.html", {"is_sent": not is_page}).encode()

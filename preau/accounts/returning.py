"""Going back to where one was, as long as it is here."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LANGUAGE_AT_THE_DOOR = "language_at_the_door"
"""Where a session keeps the language that was chosen before signing in."""


def page_of_ours(request: HttpRequest, wanted: str | None = None) -> str:
    """Return the page asked for, else the one the person comes from; the front door when it is not ours."""
    page = wanted or request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/"
    is_address = page.startswith(("/", "http://", "https://"))  # `redirect` takes a bare word for a name.
    ours = is_address and url_has_allowed_host_and_scheme(
        page, {request.get_host()}, require_https=request.is_secure()
    )
    return page if ours else "/"

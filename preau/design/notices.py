"""What to answer after an act: the piece of the page that changed, and what to say about it."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def answer(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Answer an HTMX act with a fragment; what `messages` have to say comes out of band into the notices."""
    fragment = render_to_string(template, context or {}, request)
    return HttpResponse(fragment + said_aside(request), status=status)


def said_aside(request: HttpRequest) -> str:
    """Return the notices that wait, addressed to the region of the page that speaks them."""
    waiting = get_messages(request)
    if not len(waiting):
        return ""
    return render_to_string("design/_notices_aside.html", {"messages": waiting}, request)

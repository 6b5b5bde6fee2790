"""Refusals become sentences on the page, and a session that ended brings the sign-in page back whole."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.messages import WARNING
from django.contrib.messages.storage.base import Message
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from preau.design.notices import said_aside
from preau.design.queue import OWNER
from preau.kit import unwritable
from preau.kit.clashes import refusal_of
from preau.kit.refusals import Refusal
from preau.kit.unwritable import NothingIsKept

UNPROCESSABLE = 422
log = logging.getLogger(__name__)
FRONT_DOOR = "/"


class ShowRefusals:
    """Turn a refusal into a sentence on the page, so that no view has to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "htmx", False) and _leads_to_the_door(response):
            return _whole_page(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, IntegrityError):  # Found when all was to be written for good.
            exception = refusal_of(exception)
        if not isinstance(exception, Refusal):
            unwritten = unwritable.refusal_of(exception)
            return _unwritten(request, unwritten, exception) if unwritten else None
        return refused(request, exception)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say a refusal where the person is: on the page they came from, else on one of its own."""
    if getattr(request, "htmx", False):
        messages.warning(request, str(refusal))
        return HttpResponse(said_aside(request), status=UNPROCESSABLE, headers={"HX-Reswap": "none"})
    back = where_from(request)
    if request.method == "POST" and back != FRONT_DOOR:
        messages.warning(request, str(refusal))
        return HttpResponseRedirect(back)
    words = {"words": str(refusal), "back": back}
    return render(request, "design/refusal.html", words, status=UNPROCESSABLE)


def _unwritten(request: HttpRequest, refusal: NothingIsKept, why: Exception) -> HttpResponse:
    """Say on a page that asks nothing to be written that nothing could be."""
    log.error("Nothing can be written: %s", why)
    if OWNER in request.headers:  # What waits in the browser stays there, and is sent again.
        return JsonResponse({"words": str(refusal)}, status=refusal.status)
    if getattr(request, "htmx", False):
        aside = render_to_string(
            "design/_notices_aside.html", {"messages": [Message(WARNING, str(refusal))]}, request
        )
        return HttpResponse(aside, status=refusal.status, headers={"HX-Reswap": "none"})
    words = {"words": str(refusal), "back": where_from(request)}
    return render(request, "design/refusal.html", words, status=refusal.status)


def _leads_to_the_door(response: HttpResponse) -> bool:
    return response.get("Location", "").split("?")[0] == resolve_url(settings.LOGIN_URL)


def _whole_page(request: HttpRequest) -> HttpResponse:
    """Send the browser to sign in, and back to the page it was on: a fragment has no room for a door."""
    back = urlencode({"next": where_from(request)})
    door = f"{resolve_url(settings.LOGIN_URL)}?{back}"
    return HttpResponse(status=204, headers={"HX-Redirect": door})


def where_from(request: HttpRequest) -> str:
    """Return the page of ours the person comes from, else the front door."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if page and ours else FRONT_DOOR

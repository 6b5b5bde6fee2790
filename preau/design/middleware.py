"""Refusals become sentences on the page, and a session that ended brings the sign-in page back whole."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from preau.design.notices import said_aside
from preau.kit.clashes import refusal_of
from preau.kit.refusals import Refusal

UNPROCESSABLE = 422
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
            return None
        if getattr(request, "htmx", False):
            messages.warning(request, str(exception))
            return HttpResponse(said_aside(request), status=UNPROCESSABLE, headers={"HX-Reswap": "none"})
        back = _where_from(request)
        if request.method == "POST" and back != FRONT_DOOR:
            messages.warning(request, str(exception))
            return HttpResponseRedirect(back)
        words = {"words": str(exception), "back": back}
        return render(request, "design/refusal.html", words, status=UNPROCESSABLE)


def _leads_to_the_door(response: HttpResponse) -> bool:
    return response.get("Location", "").split("?")[0] == resolve_url(settings.LOGIN_URL)


def _whole_page(request: HttpRequest) -> HttpResponse:
    """Send the browser to sign in, and back to the page it was on: a fragment has no room for a door."""
    back = urlencode({"next": _where_from(request)})
    door = f"{resolve_url(settings.LOGIN_URL)}?{back}"
    return HttpResponse(status=204, headers={"HX-Redirect": door})


def _where_from(request: HttpRequest) -> str:
    """Return the page of ours the person comes from, else the front door."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if page and ours else FRONT_DOOR

"""
A module that is closed to somebody does not exist for them; one that is open counts who uses it.
Who leads the school may see for a while what a family sees, and then only reads.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from preau.design.middleware import refused
from preau.design.queue import OWNER, SOMEBODY_ELSE
from preau.kit import clock, modules
from preau.kit.http import Request
from preau.kit.refusals import Refusal
from preau.kit.unwritable import reading_only

from . import seeing
from .actions import end_seeing_as, note_look_as, note_use

FIRST_REFUSAL = 400
READS = ("GET", "HEAD")


class OnlySeen(Refusal):
    words = _("You see as %(name)s and only read: nothing was changed. End it first, then do it as yourself.")


class StaysClosed(Refusal):
    words = _("This page stays closed while you see as %(name)s: it is theirs alone, or yours.")


class SeeAs:
    """Answer with what another person sees, to whoever began to see so; nothing is written then."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        current = seeing.kept(request)
        if current is None:
            return self.get_response(request)
        door = name_of_door(request.path_info)
        if door in seeing.LEAVES:
            if door == "account_logout" and request.method == "POST":
                _end(request, current)
            return self.get_response(request)
        if current.is_over:
            return self._no_longer(request, current)
        request.seeing, request.person = current, current.eyes
        with reading_only():
            response = self.get_response(request)
        if response.status_code == HTTPStatus.OK and request.method in READS:
            _note_look(request, current, str(seeing.PAGES.get(door, seeing.FETCHED_BY_ITSELF)))
        return response

    def _no_longer(self, request: Request, current: seeing.Seeing) -> HttpResponse:
        """What was sent from a page of the other is not done in one's own name."""
        _end(request, current)
        if OWNER not in request.headers:
            messages.info(request, gettext("You see the school as yourself again."))
        if request.method in READS:
            return self.get_response(request)
        return refused(request, OnlySeen(name=current.eyes.full_name))

    def process_view(
        self, request: Request, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        current = getattr(request, "seeing", None)
        if current is None:
            return None
        if OWNER in request.headers:  # It was typed by the account itself: it waits, and is sent afterwards.
            return JsonResponse({}, status=SOMEBODY_ELSE)
        name = {"name": current.eyes.full_name}
        if request.method not in READS:
            return refused(request, OnlySeen(**name))
        if request.resolver_match is None or request.resolver_match.view_name not in seeing.OPEN:
            return refused(request, StaysClosed(**name))
        if not seeing.reaches_alone(current, getattr(view, "hands", {}), kwargs):
            raise Http404
        return None


def _end(request: Request, current: seeing.Seeing) -> None:
    seeing.forget(request)
    end_seeing_as(eyes=current.eyes, by=current.actor, at=clock.now())


def _note_look(request: Request, current: seeing.Seeing, page: str) -> None:
    if not page or request.resolver_match is None:
        return
    found = request.resolver_match
    pupils = seeing.pupils_named(getattr(found.func, "hands", {}), found.kwargs)
    note_look_as(eyes=current.eyes, page=page, pupils=pupils, by=current.actor)


def name_of_door(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


class KeepClosedModulesShut:
    """Answer 404 at the addresses of a module closed to the person who asks; count the use of the others."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        module = module_asked(request)
        counts = settings.COUNT_USE and not hasattr(request, "seeing")
        if counts and module and request.person and response.status_code < FIRST_REFUSAL:
            note_use(module=module.key, person=request.person, on=clock.today())
        return response

    def process_view(self, request: Request, view: Any, args: Any, kwargs: Any) -> None:
        module = module_asked(request)
        if module and request.person and module.key in modules.closed_to(request.person):
            raise Http404


def module_asked(request: Request) -> modules.Module | None:
    """Return the module whose address this is, if it is one that can be closed."""
    found = request.resolver_match
    module = modules.module(modules.key_of(found.app_name)) if found else None
    return module if module and module.can_close else None

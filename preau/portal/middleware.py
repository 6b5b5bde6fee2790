"""A module that is closed to somebody does not exist for them; one that is open counts who uses it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse

from preau.kit import clock, modules
from preau.kit.http import Request

from .actions import note_use

FIRST_REFUSAL = 400


class KeepClosedModulesShut:
    """Answer 404 at the addresses of a module closed to the person who asks; count the use of the others."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        module = module_asked(request)
        if settings.COUNT_USE and module and request.person and response.status_code < FIRST_REFUSAL:
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

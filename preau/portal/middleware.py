"""A module that is closed to somebody does not exist for them."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from preau.kit import modules


class KeepClosedModulesShut:
    """Answer 404 at the addresses of a module that is closed to the person who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        module = modules.module(request.resolver_match.app_name) if request.resolver_match else None
        if module and module.can_close and request.person and module.key in modules.closed_to(request.person):
            raise Http404

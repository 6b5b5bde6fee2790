"""Refusals become sentences on the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from preau.kit.refusals import Refusal


class ShowRefusals:
    """Turn a refusal into a sentence on the page, so that no view has to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        template = "design/refusal.html#notice" if getattr(request, "htmx", False) else "design/refusal.html"
        return render(request, template, {"words": str(exception)}, status=422)

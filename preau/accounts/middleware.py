"""Knowing who asks, and in which language to answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation


class KnowThePerson:
    """Put the person who signed in on the request, and speak their language (else the browser's)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        request.person = account.person if account.is_authenticated else None
        language = (
            request.person.language if request.person else translation.get_language_from_request(request)
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

"""What no request may bring, and how what is written goes over the line, whichever page it is for."""

from collections.abc import Callable
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

NUL = "\x00"


class RefuseNul:
    """Answer 400 to an address with a NUL in it: nobody types one, and PostgreSQL takes none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in unquote(request.get_full_path_info()):
            raise BadRequest
        return self.get_response(request)


class CompressText(GZipMiddleware):
    """
    Compress what is read as text, where the browser takes it so: a sheet is an eighth on the line.

    Documents and pictures are compressed by their makers. Django pads what it compresses, so that its length
    tells nothing of the tokens in it (BREACH).
    """

    TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(self.TEXTS):
            return response
        return super().process_response(request, response)

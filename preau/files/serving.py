"""How the bytes of a file leave: as what their content is, with nothing that could run."""

from __future__ import annotations

import logging
from typing import cast

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from preau.kit.http import Request

from .contents import PICTURES
from .models import StoredFile
from .pictures import THUMBNAIL_TYPE

log = logging.getLogger(__name__)


def hand_out(request: Request, file: StoredFile, *, show: bool = False) -> HttpResponseBase:
    """
    Answer with a file; 304 when the browser has it already. The caller has asked the rule.

    :param show: a picture opens in the browser; anything else is saved all the same
    """
    is_shown = show and file.content_type in PICTURES
    return _answer(request, file.content, file.name, file.content_type, file.sha256, is_shown=is_shown)


def hand_out_thumbnail(request: Request, file: StoredFile) -> HttpResponseBase:
    """Answer with the small form of a picture; 404 where none was drawn."""
    name = f"{file.name.rpartition('.')[0]}.webp"
    return _answer(request, file.thumbnail, name, THUMBNAIL_TYPE, f"{file.sha256}-small", is_shown=True)


def _answer(
    request: Request, content: FieldFile, name: str, content_type: str, version: str, *, is_shown: bool
) -> HttpResponseBase:
    answer = FileResponse(
        _opened(content), as_attachment=not is_shown, filename=name, content_type=content_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-cache"
    if not version:
        return answer
    answer["ETag"] = f'"{version}"'
    known = cast("HttpResponse", answer)  # It reads headers only.
    return get_conditional_response(request, etag=answer["ETag"], response=known) or answer


def _opened(content: FieldFile) -> FieldFile:
    try:
        return content.open("rb")
    except FileNotFoundError as lost:
        log.error("The file %s is not where it was kept.", content.name)
        raise Http404 from lost
    except ValueError as none:  # There is no thumbnail.
        raise Http404 from none

"""
Sending a form twice is doing it once: a double click, Back and send again, two requests at the same moment.

Every form is drawn with a token of its own (`{% csrf_token %}`, see `design.templatetags.ui`), so no form can
forget it. The first sending holds a row under its token until what it does is written; the second waits for
that row, and is led to what the first made. Other contents under the same token are another wish: they are
done. This holds between threads, processes and machines, for it is the database that decides.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from . import clock
from .access import View
from .models import Sending

TOKEN = "once"  # noqa: S105 – the name of the field
AS_WE_WRITE_THEM = re.compile(r"[\w-]{12}")
KEPT_FOR = timedelta(days=1)
SWEPT_EVERY = 100
OF_THE_SENDING = {TOKEN, "csrfmiddlewaretoken"}


def new_token() -> str:
    """Return a token for one form of one page."""
    return secrets.token_urlsafe(9)


def done_once(view: View) -> View:
    """Have a view do what a form asks once, however often that very form is sent."""

    @wraps(view)
    def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        token, person = request.POST.get(TOKEN, ""), getattr(request, "person", None)
        if person is None or not AS_WE_WRITE_THEM.fullmatch(token):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            sending = _held(_digest(str(person.pk), request.path, token))
            content = _digest(*_contents(request))
            if sending.address and sending.content == content:
                return _where_it_led(request, sending)
            answer = view(request, *args, **kwargs)
            _remember(sending, content, request, answer)
        return answer

    return sent


def _held(key: str) -> Sending:
    """Return the row of a form, held against whoever sends it at the same moment."""
    now = clock.on_the_wall()
    sending, is_new = Sending.objects.select_for_update().get_or_create(key=key, defaults={"sent_at": now})
    if is_new and secrets.randbelow(SWEPT_EVERY) == 0:
        Sending.objects.filter(sent_at__lt=now - KEPT_FOR).delete()
    return sending


def _remember(sending: Sending, content: str, request: HttpRequest, answer: HttpResponseBase) -> None:
    """Keep where a form led when something was done; what came back to be mended may be sent again."""
    if getattr(request, "has_acted", False) and isinstance(answer, HttpResponseRedirect):
        sending.content, sending.address = content, answer.url
        sending.words = getattr(request, "said", "")
        sending.save(update_fields=["content", "address", "words"])
    elif not sending.address:
        sending.delete()


def _where_it_led(request: HttpRequest, sending: Sending) -> HttpResponseBase:
    if sending.words:
        messages.success(request, sending.words)
    request.has_acted, request.said = True, sending.words  # type: ignore[attr-defined]
    return HttpResponseRedirect(sending.address)


def _contents(request: HttpRequest) -> Iterator[str]:
    for name, answers in sorted(request.POST.lists()):
        if name not in OF_THE_SENDING:
            yield from (name, *answers)
    for name, files in sorted(request.FILES.lists()):
        yield from (name, *(f"{file.name} {file.size}" for file in files))


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

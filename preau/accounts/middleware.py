"""Knowing who asks, in which language to answer, and keeping what they saw to themselves."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpResponse
from django.utils import translation

from preau.kit.access import View
from preau.kit.http import Request
from preau.kit.memory import Memory
from preau.kit.sensitive import condition_of

from . import actions, guards

Answer = Callable[[Request], HttpResponse]
SEEN_AGAIN_AFTER = timedelta(minutes=15).total_seconds()
SESSIONS_REMEMBERED = 10_000


class KnowThePerson:
    """Put the person who signed in on the request, and speak their language (else the browser's)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        account = request.user
        request.person = account.person if account.is_authenticated else None
        if request.person:
            request.person.memory = Memory()
        language = (
            request.person.language if request.person else translation.get_language_from_request(request)
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class KeepPagesPrivate:
    """
    Let no page of somebody who signed in be read again from the browser's memory after signing out.

    A document that knows its own version (ETag) may be kept, but is asked for again each time.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response.headers:
            versioned = "ETag" in response.headers
            response.headers["Cache-Control"] = "private, no-cache" if versioned else "private, no-store"
        return response


class RememberSessions:
    """Note now and then that a session is in use, so that its holder sees where. Costs nothing in between."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.seen: dict[str, float] = {}

    def __call__(self, request: Request) -> HttpResponse:
        if request.user.is_authenticated and (key := request.session.session_key):
            self.remember(key, request)
        return self.get_response(request)

    def remember(self, key: str, request: Request) -> None:
        now = time.time()
        last = self.seen.get(key) or _signed_in_at(request, otherwise=now)
        if now - last < SEEN_AGAIN_AFTER:
            return
        if len(self.seen) >= SESSIONS_REMEMBERED:
            self.seen.clear()
        self.seen[key] = now
        actions.note_session_seen(key, datetime.fromtimestamp(now, tz=UTC))


def _signed_in_at(request: Request, *, otherwise: float) -> float:
    steps = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    return float(steps[0]["at"]) if steps else otherwise


class AskSecondFactor:
    """Open sensitive doors only with a second factor, to those whose duty asks for one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Request, view: View, args: Any, named: dict[str, Any]
    ) -> HttpResponse | None:
        is_sensitive = condition_of(view)
        if is_sensitive is None or not guards.is_asked_of(request.person):
            return None
        if guards.gave_second_factor(request) or not is_sensitive(request, named):
            return None
        return guards.ask(request)

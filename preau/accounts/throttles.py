"""
Counting attempts: so many in so long, for an address or an account, whichever process answers.

Passwords and codes are counted in a table of ours, in one statement; rarer acts by allauth, in its cache.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest

from preau.kit import clock

from .actions.attempts import Limit, Turn, take_turn


def take_a_turn(request: HttpRequest, act: str, user: Any = None) -> ratelimit.RateLimitUsage:
    """
    Count an attempt at an act of `ACCOUNT_RATE_LIMITS`. `rollback()` of what comes back takes it off again.

    :raises ImmediateHttpResponse: with the page that asks to wait, when there were too many
    """
    turn = ratelimit.consume(request, app="allauth.account", action=act, user=user, limit_get=True)
    if turn is None:
        raise ImmediateHttpResponse(ratelimit.respond_429(request))
    return turn


def try_a_password(request: HttpRequest, whose: str, *, is_known: bool) -> Turn | None:
    """
    Count a password before it is looked at; nothing when it is one too many.

    A browser in which the holder has signed in before weighs on its own count alone, never on the address
    that it shares with a school.
    """
    limits = [_limit(key_of(whose), settings.PASSWORDS_OF_AN_ACCOUNT)]
    if not is_known:
        address = key_of(f"address:{ratelimit.get_ip(request)}")
        limits.append(_limit(address, settings.PASSWORDS_OF_AN_ADDRESS))
    return take_turn(limits, at=clock.on_the_wall())


def try_a_code(user: Any) -> Turn | None:
    """Count a second factor before it is looked at; nothing when it is one too many."""
    limit = _limit(key_of(f"code:{user.pk}"), settings.PASSWORDS_OF_AN_ACCOUNT)
    return take_turn([limit], at=clock.on_the_wall())


def key_of(whose: str) -> str:
    """Return the key of a count: what people typed is not kept, and no length or sign of it troubles us."""
    return hashlib.sha256(whose.encode("utf-8", "surrogatepass")).hexdigest()


def _limit(key: str, rate: tuple[int, int]) -> Limit:
    most, seconds = rate
    return Limit(key, most, timedelta(seconds=seconds))

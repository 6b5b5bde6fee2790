"""Counting attempts: so many in so long, for an address or an account, whichever process answers."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.http import HttpRequest


def take_a_turn(request: HttpRequest, act: str, user: Any = None) -> ratelimit.RateLimitUsage:
    """
    Count an attempt at an act of `ACCOUNT_RATE_LIMITS`. `rollback()` of what comes back takes it off again.

    :raises ImmediateHttpResponse: with the page that asks to wait, when there were too many
    """
    turn = ratelimit.consume(request, app="allauth.account", action=act, user=user, limit_get=True)
    if turn is None:
        raise ImmediateHttpResponse(ratelimit.respond_429(request))
    return turn

"""
The browsers in which somebody has signed in before, known by a sealed cookie.

Wrong passwords are counted for an account. A browser of its holder has a count of its own, so that strangers
who try passwords shut out each other, and never the holder.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "preau_browser"
SALT = "accounts.browsers"
A_YEAR = 60 * 60 * 24 * 365
MOST = 8
"""How many people a browser remembers: a family, the computer of a staff room."""


def name_of(request: HttpRequest, account: int) -> str:
    """Return by which name the browser is known to an account; nothing when nobody signed in there before."""
    return _known(request).get(str(account), "")


def remember(request: HttpRequest, response: HttpResponse, account: int) -> None:
    """Have the browser that gets this response known as one of an account."""
    known = _known(request)
    name = known.pop(str(account), "") or secrets.token_urlsafe(9)
    kept = dict([*known.items(), (str(account), name)][-MOST:])
    response.set_signed_cookie(
        COOKIE,
        " ".join(f"{key}:{value}" for key, value in kept.items()),
        salt=SALT,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, str]:
    told = str(request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=A_YEAR))
    return dict(pair.split(":", 1) for pair in told.split() if ":" in pair)

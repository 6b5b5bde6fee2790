"""
The second factor that sensitive doors ask for (`kit.sensitive`; `accounts.middleware` stands before them).

Those whose duty is in `settings.SECOND_FACTOR_FOR` pass only with a second factor that they gave a short
while ago; all others pass as ever. Who has none yet is led to set one up.
"""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .returning import page_of_ours


def is_asked_of(person: Any) -> bool:
    """Say whether the duties of a person ask for a second factor. No query where no duty does."""
    asking = settings.SECOND_FACTOR_FOR
    return bool(asking) and person is not None and person.holds(*asking)


def gave_second_factor(request: HttpRequest) -> bool:
    """Say whether whoever asks gave a second factor in this session, not too long ago."""
    steps = get_authentication_records(request, request.user)
    given = [step["at"] for step in steps if step.get("method") == "mfa"]
    return bool(given) and time.time() - max(given) < settings.SECOND_FACTOR_LASTS


def ask(request: HttpRequest) -> HttpResponse:
    """Lead to where the second factor is given, or set up, and then back."""
    factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    if Authenticator.Type.TOTP in factors:
        words, door = _("Give your second factor first, then go on."), "mfa_reauthenticate"
    elif Authenticator.Type.WEBAUTHN in factors:
        words, door = _("Use your passkey first, then go on."), "mfa_reauthenticate_webauthn"
    else:
        words = _("Your duty asks for a second factor before this act. Set one up here, then go on.")
        door = "accounts:security"
    messages.warning(request, words)
    response = redirect(f"{reverse(door)}?{urlencode({'next': _back(request)})}")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": response.url})
    return response


def _back(request: HttpRequest) -> str:
    """Return the page to come back to: this one, or the one whose form was sent."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    return page_of_ours(request)

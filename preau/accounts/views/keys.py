"""One's own keys: password, second factor, passkeys, and where one is signed in."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from preau.accounts import actions, guards, queries
from preau.kit.access import opens, signed_in
from preau.trail.actions import note


@require_GET
@opens(signed_in)
def security(request):
    account = request.user
    address = get_adapter().get_client_ip(request)
    context = {
        "account": account,
        "keys": queries.keys_of(account),
        "devices": queries.devices_of(account, session_key=request.session.session_key, address=address),
        "is_asked_of": guards.is_asked_of(request.person),
        "next": request.GET.get("next", ""),
    }
    return render(request, "accounts/security.html", context)


@require_GET
@opens(signed_in)
def second_factor(request):
    """Where allauth returns to after a change of keys."""
    return redirect("accounts:security")


@require_POST
@opens(signed_in)
def session_end(request, session_id):
    session = UserSession.objects.filter(user=request.user, pk=session_id).first()
    if session is None:
        raise Http404
    if session.is_current():
        return redirect("account_logout")
    actions.end_sessions(request.user, only=session_id)
    note("accounts.end_session", by=request.person, about=request.person)
    messages.success(request, _("That browser is signed out."))
    return redirect("accounts:security")


@require_POST
@opens(signed_in)
def sessions_end(request):
    ended = actions.end_sessions(request.user, except_for=request.session.session_key or "")
    note("accounts.end_sessions", by=request.person, about=request.person)
    words = ngettext(
        "The other browser is signed out.", "The %(count)s other browsers are signed out.", ended
    )
    messages.success(request, words % {"count": ended})
    return redirect("accounts:security")

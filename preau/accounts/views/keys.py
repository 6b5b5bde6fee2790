"""One's own keys: password, e-mail, second factor, passkeys, and where one is signed in."""

from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.accounts import actions, guards, queries
from preau.accounts.forms import OwnEmailForm
from preau.accounts.models import Account
from preau.accounts.throttles import take_a_turn
from preau.kit.access import anyone, opens, signed_in
from preau.kit.acts import act, act_door, form_door, go_on, is_understood, moment_of, show, typed
from preau.kit.http import Request


@require_safe
@opens(signed_in)
def security(request: Request) -> HttpResponse:
    account = _own(request)
    address = get_adapter().get_client_ip(request)
    return show(
        request,
        "accounts/security.html",
        account=account,
        keys=queries.keys_of(account),
        devices=queries.devices_of(account, session_key=request.session.session_key, address=address),
        is_asked_of=guards.is_asked_of(request.person),
        next=request.GET.get("next", ""),
    )


def _own(request: Request) -> Account:
    return cast("Account", request.user)


@require_safe
@opens(signed_in)
def second_factor(request: Request) -> HttpResponse:
    """Where allauth returns to after a change of keys."""
    return redirect("accounts:security")


@act_door
@opens(signed_in)
def session_end(request: Request, session_id: int) -> HttpResponse:
    session = UserSession.objects.filter(user=_own(request), pk=session_id).first()
    if session is None:
        raise Http404
    if session.is_current():
        return redirect("account_logout")
    act(request, actions.end_session, session=session)
    return go_on(request, _("That browser is signed out."), "accounts:security")


@act_door
@opens(signed_in)
def sessions_end(request: Request) -> HttpResponse:
    stays = request.session.session_key or ""
    ended = act(request, actions.end_other_sessions, account=_own(request), except_for=stays)
    words = ngettext(
        "The other browser is signed out.", "The %(count)s other browsers are signed out.", ended
    )
    return go_on(request, words % {"count": ended}, "accounts:security")


@form_door
@opens(signed_in)
@reauthentication_required(app="allauth.mfa")
def my_email(request: Request) -> HttpResponse:
    """Ask for another e-mail: it counts once the link that goes there was opened."""
    form = OwnEmailForm(typed(request))
    if not is_understood(form):
        return show(request, "accounts/my_email.html", form=form)
    take_a_turn(request, "manage_email", user=_own(request))
    new = form.cleaned_data["email"]
    link = request.build_absolute_uri(actions.path_of_new_email(_own(request), new))
    get_adapter().send_mail(
        "account/email/email_confirmation", new, {"user": _own(request), "activate_url": link}
    )
    words = _("A link is on its way to %(email)s. Open it within a day.") % {"email": new}
    return go_on(request, words, "accounts:security")


@form_door
@opens(anyone)
def my_email_confirmation(request: Request, token: str) -> HttpResponse:
    """Open the link that went to the new e-mail, and say that it is mine."""
    account, new = actions.new_email_of(token)
    if typed(request) is None:
        return show(request, "accounts/my_email_confirmation.html", email=new, token=token)
    actions.change_email(account=account, email=new, by=account.person, at=moment_of(request))
    return go_on(request, _("%(email)s is your e-mail from now on.") % {"email": new}, "accounts:security")

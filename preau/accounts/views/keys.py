"""One's own keys: password, e-mail, second factor, passkeys, and where one is signed in."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.accounts import actions, guards, queries
from preau.accounts.forms import OwnEmailForm
from preau.accounts.throttles import take_a_turn
from preau.kit.access import anyone, opens, signed_in
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


@require_http_methods(["GET", "POST"])
@opens(signed_in)
@reauthentication_required(app="allauth.mfa")
def my_email(request):
    """Ask for another e-mail: it counts once the link that goes there was opened."""
    form = OwnEmailForm(request.POST or None)
    if form.is_valid():
        take_a_turn(request, "manage_email", user=request.user)
        new = form.cleaned_data["email"]
        link = request.build_absolute_uri(actions.path_of_new_email(request.user, new))
        get_adapter().send_mail(
            "account/email/email_confirmation", new, {"user": request.user, "activate_url": link}
        )
        messages.info(request, _("A link is on its way to %(email)s. Open it within a day.") % {"email": new})
        return redirect("accounts:security")
    return render(request, "accounts/my_email.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@opens(anyone)
def my_email_confirmation(request, token):
    """Open the link that went to the new e-mail, and say that it is mine."""
    account, new = actions.new_email_of(token)
    if request.method == "GET":
        return render(request, "accounts/my_email_confirmation.html", {"email": new, "token": token})
    former = account.email
    actions.change_email(account=account, email=new, by=account.person)
    if former:
        words = {"user": account, "from_email": former, "to_email": new}
        get_adapter().send_notification_mail("account/email/email_changed", account, words, former)
    messages.success(request, _("%(email)s is your e-mail from now on.") % {"email": new})
    return redirect("accounts:security")

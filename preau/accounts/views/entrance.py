"""Coming in: signing in, the demonstration's cards, answering an invitation, choosing a language."""

from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.accounts import actions, queries
from preau.accounts.actions.invitations import invitation_of
from preau.accounts.forms import AnswerForm, CodeForm
from preau.accounts.models import Account
from preau.accounts.returning import page_of_ours
from preau.accounts.throttles import take_a_turn
from preau.kit import clock
from preau.kit.access import anyone, opens
from preau.kit.demo import PASSWORD
from preau.kit.refusals import Refusal

CODE = "invitation_code"
A_YEAR = 60 * 60 * 24 * 365
UNTIL_THE_BROWSER_CLOSES = 0


class SignIn(LoginView):
    """The sign-in page; in a demonstration, with a card for each role."""

    def get_context_data(self, **kwargs):
        cards = list(queries.demo_cards()) if settings.DEMO_MODE else []
        return super().get_context_data(demo_cards=cards, demo_password=PASSWORD, **kwargs)


sign_in = require_http_methods(["GET", "POST"])(opens(anyone)(SignIn.as_view()))


@require_POST
@opens(anyone)
def demo(request, username):
    if not settings.DEMO_MODE:
        raise Http404
    account = get_object_or_404(
        Account.objects.select_related("person"), username=username, is_demo=True, is_active=True
    )
    return perform_login(request, account)


@require_POST
@opens(anyone)
def language(request):
    chosen = request.POST.get("language", "")
    if request.person:
        actions.choose_language(request.person, chosen)
    response = redirect(page_of_ours(request, request.POST.get("next")))
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=A_YEAR, samesite="Lax")
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@opens(anyone)
def invitation(request):
    """Type the code of a letter."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        return _hold(request, form.cleaned_data["code"], form)
    return render(request, "accounts/invitation.html", {"form": form})


@never_cache
@require_GET
@opens(anyone)
def invitation_code(request, code):
    """Arrive by the square of a letter or the link of an e-mail; the code leaves the address at once."""
    form = CodeForm({"code": code})
    form.is_valid()
    return _hold(request, form.cleaned_data.get("code", ""), form)


def _hold(request, code, form):
    """Keep a code that opens something in the session and go on; else say why not. Wrong ones are counted."""
    turn = take_a_turn(request, "invitation")
    try:
        invitation_of(code, clock.now())
    except Refusal as refusal:
        form.add_error("code", str(refusal))
        return render(request, "accounts/invitation.html", {"form": form}, status=422)
    turn.rollback()
    request.session[CODE] = code
    return redirect("accounts:answer")


@never_cache
@require_http_methods(["GET", "POST"])
@opens(anyone)
def answer(request):
    """Choose a password, and come in."""
    code = request.session.get(CODE)
    if not code:
        return redirect("accounts:invitation")
    account = invitation_of(code, clock.now()).person.account
    form = AnswerForm(request.POST or None, account=account)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "accounts/answer.html", {"form": form, "account": account}, status=status)
    account = actions.accept_invitation(
        code=code,
        password=form.cleaned_data["password1"],
        language=form.cleaned_data["language"],
        at=clock.now(),
    )
    request.session.flush()
    request.session.set_expiry(UNTIL_THE_BROWSER_CLOSES)
    return perform_login(request, account)

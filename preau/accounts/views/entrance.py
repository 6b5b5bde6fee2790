"""Coming in: signing in, the demonstration's cards, answering an invitation, choosing a language."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from preau.accounts import actions, queries
from preau.accounts.actions.invitations import invitation_of
from preau.accounts.forms import AnswerForm, CodeForm, LanguageAtTheDoorForm
from preau.accounts.models import Account
from preau.accounts.returning import LANGUAGE_AT_THE_DOOR, page_of_ours
from preau.accounts.throttles import take_a_turn
from preau.kit import clock
from preau.kit.access import anyone, opens
from preau.kit.acts import (
    TO_MEND,
    act,
    act_door,
    form_door,
    is_understood,
    moment_of,
    show,
    typed,
    understood,
)
from preau.kit.demo import PASSWORD
from preau.kit.http import Request
from preau.kit.refusals import Refusal

CODE = "invitation_code"
A_YEAR = 60 * 60 * 24 * 365
UNTIL_THE_BROWSER_CLOSES = 0


class SignIn(LoginView):
    """The sign-in page; in a demonstration, with a card for each role."""

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.request.takes_turns_back = True
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """Come in, in one write: the attempt that was none, the session with all it holds, the trace."""
        with transaction.atomic():
            self.request.turn.take_back()
            answer: HttpResponse = super().form_valid(form)
            self.request.session.save_what_is_new()
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cards = list(queries.demo_cards()) if settings.DEMO_MODE else []
        return super().get_context_data(demo_cards=cards, demo_password=PASSWORD, **kwargs)


class SecondStep(AuthenticateView):
    """The second factor of a sign-in."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Come in, in one write, as with a password alone."""
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            self.request.session.save_what_is_new()
        return answer


sign_in = form_door(opens(anyone)(SignIn.as_view()))
second_step = form_door(opens(anyone)(SecondStep.as_view()))


@act_door
@opens(anyone)
def demo(request: Request, username: str) -> HttpResponse:
    if not settings.DEMO_MODE:
        raise Http404
    account = get_object_or_404(
        Account.objects.select_related("person"), username=username, is_demo=True, is_active=True
    )
    return perform_login(request, account)


@act_door
@opens(anyone)
def language(request: Request) -> HttpResponse:
    asked = understood(LanguageAtTheDoorForm(typed(request)))
    if request.person:
        act(request, actions.choose_language, person=request.person, language=asked["language"])
    else:
        request.session[LANGUAGE_AT_THE_DOOR] = asked["language"]  # Theirs, whoever they turn out to be.
    response = redirect(page_of_ours(request, asked["next"]))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, asked["language"], max_age=A_YEAR, samesite="Lax")
    return response


@never_cache
@form_door
@opens(anyone)
def invitation(request: Request) -> HttpResponse:
    """Type the code of a letter."""
    form = CodeForm(typed(request))
    if is_understood(form):
        return _hold(request, form.cleaned_data["code"], form)
    return show(request, "accounts/invitation.html", form=form)


@never_cache
@require_safe
@opens(anyone)
def invitation_code(request: Request, code: str) -> HttpResponse:
    """Arrive by the square of a letter or the link of an e-mail; the code leaves the address at once."""
    form = CodeForm({"code": code})
    form.is_valid()
    return _hold(request, form.cleaned_data.get("code", ""), form)


def _hold(request: Request, code: str, form: CodeForm) -> HttpResponse:
    """Keep a code that opens something in the session and go on; else say why not. Wrong ones are counted."""
    turn = take_a_turn(request, "invitation")
    try:
        invitation_of(code, clock.now())
    except Refusal as refusal:
        form.add_error("code", str(refusal))
        return render(request, "accounts/invitation.html", {"form": form}, status=TO_MEND)
    turn.rollback()
    request.session[CODE] = code
    return redirect("accounts:answer")


@never_cache
@form_door
@opens(anyone)
def answer(request: Request) -> HttpResponse:
    """Choose a password, and come in."""
    code = request.session.get(CODE)
    if not code:
        return redirect("accounts:invitation")
    account = invitation_of(code, moment_of(request)).person.account
    form = AnswerForm(typed(request), account=account)
    if not is_understood(form):
        return show(request, "accounts/answer.html", form=form, account=account)
    account = actions.accept_invitation(code=code, at=moment_of(request), **form.facts)
    request.session.flush()
    request.session.set_expiry(UNTIL_THE_BROWSER_CLOSES)
    return perform_login(request, account)

"""What we do when somebody signs in, fails to, or changes a key: we leave a trace, never a secret."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import signals as auth_signals
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.events import upon
from preau.kit.traces import TracedAct
from preau.people.actions.duties import GIVE_DUTY
from preau.people.events import PersonActedUpon
from preau.people.models import Person
from preau.trail.actions import note

from .actions import choose_language
from .actions.invitations import void
from .actions.keeping import forget_sessions_that_are_over
from .models import Account, Invitation
from .returning import LANGUAGE_AT_THE_DOOR
from .rules import may_keep_account

APP, PASSKEY, CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES


SIGN_IN = TracedAct("accounts.sign_in", _("signed in (from %(address)s)"))


@receiver(account_signals.user_logged_in)
def note_sign_in(request: Any, user: Account, **kwargs: Any) -> None:
    note(SIGN_IN, by=user.person, about=user.person, address=get_adapter().get_client_ip(request))


@receiver(account_signals.user_logged_in)
def remember_where_one_signed_in(request: Any, user: Account, **kwargs: Any) -> None:
    """Know the new session by its browser and its address, and those that are over no longer."""
    forget_sessions_that_are_over(account=user, at=clock.on_the_wall())
    UserSession.objects.create_from_request(request)


@receiver(account_signals.user_logged_in)
def speak_as_chosen_at_the_door(request: Any, user: Account, **kwargs: Any) -> None:
    """Whoever chose a language to sign in goes on in it."""
    if chosen := request.session.pop(LANGUAGE_AT_THE_DOOR, ""):
        choose_language(person=user.person, language=chosen, by=user.person, at=clock.now())


SIGN_OUT = TracedAct("accounts.sign_out", _("signed out"))


@receiver(auth_signals.user_logged_out)
def note_sign_out(request: Any, user: Account | None, **kwargs: Any) -> None:
    if user is not None:
        note(SIGN_OUT, by=user.person, about=user.person)


FAIL_TO_SIGN_IN = TracedAct(
    "accounts.fail_to_sign_in", _("could not sign in: the password was wrong (from %(address)s)")
)


@receiver(auth_signals.user_login_failed)
def note_failed_sign_in(request: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """What was typed is not kept: people type their password where the user name goes."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    account = get_adapter().account_called(typed)
    address = get_adapter().get_client_ip(request) if request else ""
    note(FAIL_TO_SIGN_IN, by=None, about=account.person if account else None, address=address)


CHANGE_PASSWORD = TracedAct("accounts.change_password", _("changed the password"))


@receiver(account_signals.password_changed)
@receiver(account_signals.password_set)
def note_new_password(user: Account, **kwargs: Any) -> None:
    note(CHANGE_PASSWORD, by=user.person, about=user.person)


RESET_PASSWORD = TracedAct("accounts.reset_password", _("chose a new password through the e-mail"))


@receiver(account_signals.password_reset)
def note_reset_password(user: Account, **kwargs: Any) -> None:
    note(RESET_PASSWORD, by=user.person, about=user.person)


ADD = {
    APP: TracedAct("accounts.add_app", _("set up the app that gives codes")),
    PASSKEY: TracedAct("accounts.add_passkey", _("added a passkey")),
    CODES: TracedAct("accounts.add_codes", _("made new recovery codes")),
}


@receiver(mfa_signals.authenticator_added)
def note_added_key(user: Account, authenticator: Authenticator, **kwargs: Any) -> None:
    note(ADD[authenticator.type], by=user.person, about=user.person)


REMOVE = {
    APP: TracedAct("accounts.remove_app", _("took away the app that gives codes")),
    PASSKEY: TracedAct("accounts.remove_passkey", _("took away a passkey")),
    CODES: TracedAct("accounts.remove_codes", _("took away the recovery codes")),
}


@receiver(mfa_signals.authenticator_removed)
def note_removed_key(user: Account, authenticator: Authenticator, **kwargs: Any) -> None:
    note(REMOVE[authenticator.type], by=user.person, about=user.person)


@receiver(mfa_signals.authenticator_reset)
def note_new_codes(user: Account, **kwargs: Any) -> None:
    note(ADD[CODES], by=user.person, about=user.person)


FAIL_SECOND_FACTOR = TracedAct(
    "accounts.fail_second_factor", _("could not sign in: the second factor was wrong")
)


@receiver(mfa_signals.authentication_failed)
def note_failed_second_factor(user: Account, **kwargs: Any) -> None:
    note(FAIL_SECOND_FACTOR, by=None, about=user.person)


@upon(PersonActedUpon)
def void_invitations_of_those_below(event: PersonActedUpon) -> None:
    """Whoever printed an invitation knows its code: it opens nothing that has come to stand above them."""
    if event.act is GIVE_DUTY:
        holder = Person.objects.get(pk=event.about_id)
        invitations = Invitation.objects.open_at(clock.now()).filter(person=holder).exclude(created_by=None)
        for invitation in invitations.select_related("created_by"):
            if not may_keep_account.allows(invitation.created_by, holder):
                void(invitation, at=clock.now())

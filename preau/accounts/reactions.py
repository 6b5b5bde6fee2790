"""What we do when somebody signs in, fails to, or changes a key: we leave a trace, never a secret."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth_signals
from django.dispatch import receiver

from preau.trail.actions import note

from .models import Account

HOW = {
    Authenticator.Type.TOTP: "app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "codes",
}


@receiver(account_signals.user_logged_in)
def note_sign_in(request: Any, user: Account, **kwargs: Any) -> None:
    note("accounts.sign_in", by=user.person, about=user.person, address=get_adapter().get_client_ip(request))


@receiver(auth_signals.user_logged_out)
def note_sign_out(request: Any, user: Account | None, **kwargs: Any) -> None:
    if user is not None:
        note("accounts.sign_out", by=user.person, about=user.person)


@receiver(auth_signals.user_login_failed)
def note_failed_sign_in(request: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """What was typed is not kept: people type their password where the user name goes."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    account = get_adapter().account_called(typed)
    address = get_adapter().get_client_ip(request) if request else ""
    note("accounts.fail_to_sign_in", by=None, about=account.person if account else None, address=address)


@receiver(account_signals.password_changed)
@receiver(account_signals.password_set)
def note_new_password(user: Account, **kwargs: Any) -> None:
    note("accounts.change_password", by=user.person, about=user.person)


@receiver(account_signals.password_reset)
def note_reset_password(user: Account, **kwargs: Any) -> None:
    note("accounts.reset_password", by=user.person, about=user.person)


@receiver(mfa_signals.authenticator_added)
def note_added_key(user: Account, authenticator: Authenticator, **kwargs: Any) -> None:
    note(f"accounts.add_{HOW[authenticator.type]}", by=user.person, about=user.person)


@receiver(mfa_signals.authenticator_removed)
def note_removed_key(user: Account, authenticator: Authenticator, **kwargs: Any) -> None:
    note(f"accounts.remove_{HOW[authenticator.type]}", by=user.person, about=user.person)


@receiver(mfa_signals.authenticator_reset)
def note_new_codes(user: Account, **kwargs: Any) -> None:
    note("accounts.add_codes", by=user.person, about=user.person)


@receiver(mfa_signals.authentication_failed)
def note_failed_second_factor(user: Account, **kwargs: Any) -> None:
    note("accounts.fail_second_factor", by=None, about=user.person)

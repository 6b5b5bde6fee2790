"""How allauth behaves in a school: it opens accounts, speaks to people, and counts attempts fairly."""

import base64
import hashlib
import unicodedata
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from preau.design.context import school_face

from . import browsers
from .actions.attempts import Turn, forget_attempts
from .letters.mail import SECRET, queue
from .models import Account
from .throttles import key_of, try_a_password

WRONG_PASSWORD = _("This user name or e-mail and this password do not go together. Try again.")


class SchoolAdapter(DefaultAccountAdapter):
    """Accounts are opened by the school, never by their holder."""

    turn: Turn | None = None
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG_PASSWORD,
        "username_password_mismatch": WRONG_PASSWORD,
        "too_many_login_attempts": _("That was a lot of attempts. Wait five minutes, then try again."),
        "rate_limited": _("That was a lot of attempts. Wait a few minutes, then try again."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password. Try again."),
        "incorrect_code": _("This code does not fit. Type the one that shows now."),
        "invalid_password_reset": _("This link was used already, or is too old. Ask for a new one."),
        "duplicate_email": _("This is already your e-mail."),
        "same_as_current": _("This is already so."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def account_called(self, typed: str) -> Account | None:
        """Return the account that a user name or e-mail leads to, however it is written."""
        name = unicodedata.normalize("NFKC", typed).strip().lower()
        if not name:
            return None
        named = Account.objects.filter(Q(username=name) | Q(email=name))
        return named.select_related("person").order_by("pk").first()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """
        Count attempts by account: another spelling, the e-mail or another host name begin no new count.

        A browser in which the holder signed in before has one of its own.
        """
        typed = str(credentials.get("email") or credentials.get("username") or "")
        account = self.account_called(typed)
        if account:
            return f"account:{account.pk}:{browsers.name_of(request, account.pk)}"
        return f"typed:{unicodedata.normalize('NFKC', typed).strip().casefold()}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a password before it is looked at, in one question: allauth's counters ask 45."""
        whose = self._get_login_attempts_cache_key(request, **credentials)
        is_known = whose.startswith("account:") and not whose.endswith(":")
        self.turn = try_a_password(request, whose, is_known=is_known)
        if self.turn is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """Take the right password off the counts: at once, or with the sign-in that follows (`SignIn`)."""
        if self.turn and getattr(self.request, "takes_turns_back", False):
            self.request.turn = self.turn
        elif self.turn:
            self.turn.take_back()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        forget_attempts([key_of(self._get_login_attempts_cache_key(request, **credentials))])

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Refuse blocked accounts, and demonstration accounts where this is no demonstration."""
        if user.is_demo and not settings.DEMO_MODE:
            clear_login(request)
            return self.respond_user_inactive(request, user)
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Know this browser again."""
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        browsers.remember(request, answer, user.pk)
        return answer

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:security")

    def format_email_subject(self, subject: str) -> str:
        return f"{school_face().name or 'Préau'} · {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in their own language. The letter leaves in the worker."""
        user = context.get("user")
        account = user if isinstance(user, Account) else None
        facts = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        with translation.override(account.person.language if account else translation.get_language()):
            facts |= {**context, "school": school_face()}
            written = self.render_mail(template_prefix, email, facts)
        name = template_prefix.rpartition("/")[2]
        queue(name if name in SECRET else "keys", written, account)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)


class SchoolKeys(DefaultMFAAdapter):
    """Second factors: their secrets are kept sealed, their QR codes are drawn as one path."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not fit. Type the one that shows now."),
        "cannot_generate_recovery_codes": _(
            "Recovery codes come with the app or a passkey: set one up first."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=4, border=4, dark="#000", light="#fff")
        return drawn.getvalue().decode()

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": school_face().name or "Préau"}

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> MultiFernet:
    """Seal with the secret key of the house; older ones (SECRET_KEY_FALLBACKS) still open."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"second factor {secret!s}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])

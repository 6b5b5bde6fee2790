"""Letters by e-mail about one's own keys. They leave in the worker: nobody waits, or learns from it."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from preau.accounts.models import Account
from preau.design.context import school_face
from preau.kit import clock
from preau.mail.actions import send_later
from preau.mail.letters import Letter, call_kind
from preau.mail.models import Urgency

SECRET = {"password_reset_key": timedelta(hours=1), "email_confirmation": timedelta(days=1)}
"""Those that hold a link which opens something, and for how long it does: later they are worth nothing."""

call_kind("accounts.password_reset_key", _("a link for a new password"))
call_kind("accounts.email_confirmation", _("a link to confirm an e-mail"))
call_kind("accounts.email_changed", _("that an account has another e-mail"))
call_kind("accounts.invited_again", _("that somebody is invited again"))
call_kind("accounts.invitation", _("an invitation"))
call_kind("accounts.keys", _("that one's keys were changed"))


def post(letter: str, *, to: str, account: Account, **facts: Any) -> None:
    """
    Write to somebody in their own language.

    :param letter: the name of its two templates in `account/email`, `…_subject.txt` and `…_message.txt`
    """
    context = {"user": account, "school": school_face(), **facts}
    with translation.override(account.person.language):
        subject = render_to_string(f"account/email/{letter}_subject.txt", context)
        body = render_to_string(f"account/email/{letter}_message.txt", context)
        titled = get_adapter().format_email_subject(" ".join(subject.split()))
    queue(letter, EmailMessage(titled, body.strip(), to=[to]), account)


def queue(letter: str, written: EmailMessage, account: Account | None) -> None:
    """Have a letter about keys leave before all others, within seconds."""
    works_for, at = SECRET.get(letter), clock.now()
    send_later(
        Letter(
            kind=f"accounts.{letter}",
            to=written.to[0],
            person=account.person if account else None,
            language=account.person.language if account else "",
            subject=str(written.subject),
            text=str(written.body),
            not_after=at + works_for if works_for else None,
            urgency=Urgency.NOW,
            is_secret=letter in SECRET,
        ),
        at=at,
    )

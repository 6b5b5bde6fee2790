"""Letters by e-mail about one's own keys. They leave in the worker: nobody waits, or learns from it."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from preau.accounts.models import Account
from preau.design.context import school_face


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
    EmailMessage(titled, body.strip(), to=[to]).send()

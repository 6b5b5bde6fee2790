"""Letters of a school without a mail server: the log says that one did not leave, and not what it holds."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)


class EmailBackend(BaseEmailBackend):
    """Send nothing, and tell so: a letter may hold a code that opens an account."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for letter in email_messages:
            log.warning(
                "No mail server is set up (PREAU_SMTP_HOST): a letter to %s did not leave.",
                ", ".join(map(_masked, letter.recipients())),
            )
        return 0


def _masked(address: str) -> str:
    name, _at, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"

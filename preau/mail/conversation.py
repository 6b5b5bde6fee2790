"""
One conversation with the mail server, one command at a time: many e-mails leave in it.

The body goes without its last dot. Only then is it written down that the e-mail is being handed over, and the
dot follows: what a crash leaves in doubt is what happens between two lines.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.core.mail.message import sanitize_address
from django.core.mail.utils import DNS_NAME
from django.utils.translation import gettext

from .letters import message_of, sender_address
from .models import OutgoingMail
from .reports import blames_address

GO_AHEAD, DONE, NOT_NOW, CLOSING = 354, 250, 400, 421
FOR_GOOD = 500
_DOTS = re.compile(rb"^\.", re.MULTILINE)
_LINE_ENDS = re.compile(rb"\r\n|\r|\n")


class Outcome(Enum):
    SENT = "sent"
    AGAIN = "again"
    REFUSED = "refused"
    NO_SUCH_ADDRESS = "no such address"
    NOT_OURS = "not ours"


@dataclass(frozen=True)
class Answer:
    """What became of an e-mail, and what the server said."""

    outcome: Outcome
    said: str = ""


class ServerAway(Exception):  # noqa: N818 – the server is away, nobody erred.
    """The mail server does not answer, or wants nothing of us now: no e-mail is to blame."""


class Conversation:
    """
    A connection to the mail server of the settings.

    :raises ServerAway: if it cannot be reached, or does not let us in
    """

    def __init__(self) -> None:
        try:
            self._server = self._connect()
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise ServerAway(str(error)) from error

    def _connect(self) -> smtplib.SMTP:
        where = (settings.EMAIL_HOST, settings.EMAIL_PORT)
        name, patience = DNS_NAME.get_fqdn(), settings.EMAIL_TIMEOUT
        if settings.EMAIL_USE_SSL:
            safely = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                *where, local_hostname=name, timeout=patience, context=safely
            )
        else:
            server = smtplib.SMTP(*where, local_hostname=name, timeout=patience)
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        return server

    def close(self) -> None:
        """Say goodbye, or just leave."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._server.quit()
        self.drop()

    def drop(self) -> None:
        """Leave without a word: what was not ended by its dot is forgotten by the server."""
        with contextlib.suppress(OSError):
            self._server.close()

    def send(self, mail: OutgoingMail, *, just_before: Callable[[], bool]) -> Answer:
        """
        Hand an e-mail over.

        :param just_before: writes that it is about to leave; if it says no, the e-mail does not
        :raises ServerAway: if the conversation ended before the e-mail could leave
        """
        try:
            body = body_of(mail)
        except (ValueError, UnicodeError):
            return Answer(Outcome.REFUSED, gettext("It holds words that no e-mail can carry."))
        try:
            early = self._open(mail)
            if early:
                return early
            self._server.send(body)
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            raise ServerAway(str(error)) from error
        if not just_before():
            self.drop()
            return Answer(Outcome.NOT_OURS)
        return self._end()

    def _open(self, mail: OutgoingMail) -> Answer | None:
        """Say from whom and to whom, and ask to begin; return the answer if it is no."""
        options = ["body=8bitmime"] if self._server.has_extn("8bitmime") else []
        code, said = self._server.mail(sanitize_address(sender_address(), "utf-8"), options)
        if code >= NOT_NOW:
            return self._no(code, said, Outcome.AGAIN)
        code, said = self._server.rcpt(mail.address_key)
        if code >= NOT_NOW:
            for_good = Outcome.NO_SUCH_ADDRESS if blames_address(in_words(said)) else Outcome.REFUSED
            return self._no(code, said, for_good)
        code, said = self._server.docmd("DATA")
        return None if code == GO_AHEAD else self._no(code, said, Outcome.REFUSED)

    def _no(self, code: int, said: bytes, for_good: Outcome) -> Answer:
        if code == CLOSING:
            self.drop()
            raise ServerAway(in_words(said))
        self._server.rset()
        return Answer(for_good if code >= FOR_GOOD else Outcome.AGAIN, f"{code} {in_words(said)}")

    def _end(self) -> Answer:
        """Send the last dot, and wait long for the answer: asking again too soon makes two of one e-mail."""
        try:
            sock = self._server.sock
            if sock:
                sock.settimeout(settings.EMAIL_LAST_ANSWER)
            self._server.send(b".\r\n")
            code, said = self._server.getreply()
            if sock:
                sock.settimeout(settings.EMAIL_TIMEOUT)
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            return Answer(Outcome.AGAIN, gettext("The mail server did not confirm: %s") % error)
        if code == DONE:
            return Answer(Outcome.SENT)
        if code == CLOSING:
            self.drop()
        return Answer(Outcome.REFUSED if code >= FOR_GOOD else Outcome.AGAIN, f"{code} {in_words(said)}")

    @property
    def is_over(self) -> bool:
        return self._server.sock is None


def body_of(mail: OutgoingMail) -> bytes:
    """Return an e-mail as it travels, its dots doubled and its last dot left out."""
    raw = message_of(mail).message().as_bytes()
    body = _DOTS.sub(b"..", _LINE_ENDS.sub(b"\r\n", raw))
    return body if body.endswith(b"\r\n") else body + b"\r\n"


def in_words(said: bytes) -> str:
    return " ".join(said.decode("utf-8", "replace").split())[:360]

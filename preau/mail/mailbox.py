"""The mailbox to which reports come back, read by IMAP over TLS. What was read is marked as seen there."""

from __future__ import annotations

import imaplib
import logging
import ssl
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from .reports import MOST_READ

log = logging.getLogger(__name__)
PATIENCE = 30.0
MOST_AT_ONCE = 200


def unread() -> Iterator[bytes]:
    """Yield what has come since, each as far as a report would be read; nothing if the mailbox is away."""
    known: dict[str, Any] = settings.BOUNCES_IMAP
    if not known["host"]:
        return
    try:
        safely = ssl.create_default_context()
        with imaplib.IMAP4_SSL(known["host"], known["port"], ssl_context=safely, timeout=PATIENCE) as mailbox:
            mailbox.login(known["user"], known["password"])
            mailbox.select(known["folder"])
            _answer, found = mailbox.uid("SEARCH", "UNSEEN")
            for number in _numbers(found)[:MOST_AT_ONCE]:
                yield _read(mailbox, number)
                mailbox.uid("STORE", number, "+FLAGS", r"(\Seen)")
    except (OSError, imaplib.IMAP4.error) as error:
        log.warning("The mailbox of bounces cannot be read now: %s", error)


def _numbers(found: list[bytes | None]) -> list[str]:
    return found[0].decode("ascii", "replace").split() if found and found[0] else []


def _read(mailbox: imaplib.IMAP4, number: str) -> bytes:
    """Return the beginning of an e-mail, however large it is."""
    _answer, parts = mailbox.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_READ}>)")
    return b"".join(part[1] for part in parts if isinstance(part, tuple))

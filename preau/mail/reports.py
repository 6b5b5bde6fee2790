"""
Reports that an e-mail could not be delivered (RFC 3464), as mail servers write them.

Anybody may write to the mailbox of bounces: what is too large, too deep, or no report is nothing.
"""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email.message import Message

MOST_READ = 1_000_000
MOST_PARTS = 30
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
NOT_THE_ADDRESS = ("5.2.2", "5.3.", "5.4.", "5.5.", "5.6.", "5.7.")
"""A mailbox that is full, a server's trouble, or a refusal of what we are: the address may be good."""


@dataclass(frozen=True)
class Report:
    """An e-mail came back for good: which, from which address, and why as its server says it."""

    message_id: str
    address: str
    why: str


def blames_address(words: str) -> bool:
    """Say whether a permanent refusal is about the address: a server that gives no finer code blames it."""
    found = _STATUS.search(words)
    return not found or not found.group(0).startswith(NOT_THE_ADDRESS)


def report_in(raw: bytes) -> Report | None:
    """Return the report that an e-mail is, if it tells of an address that cannot be reached."""
    try:
        return _report_in(email.message_from_bytes(raw[:MOST_READ]))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # What no mail server writes, and the standard library stumbles over.


def _report_in(message: Message) -> Report | None:
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return None
    recipient: Message | None = None
    message_id = ""
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "message/delivery-status" and recipient is None:
            recipient = _failed_in(part)
        elif kind in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"} and not message_id:
            message_id = _message_id_in(part)
    if recipient is None or not message_id:
        return None
    address = _value(recipient, "Original-Recipient") or _value(recipient, "Final-Recipient")
    why = _value(recipient, "Diagnostic-Code") or str(recipient.get("Status", ""))
    return Report(message_id, address, " ".join(why.split())[:400])


def _failed_in(status: Message) -> Message | None:
    for block in _parts(status):
        code = str(block.get("Status", "")).strip()
        has_failed = str(block.get("Action", "")).strip().lower() == "failed"
        if has_failed and code.startswith("5.") and blames_address(code):
            return block
    return None


def _value(block: Message, name: str) -> str:
    """Return what a field says after its type: `rfc822; somebody@example.org`."""
    return str(block.get(name, "")).partition(";")[2].strip().strip("<>")


def _message_id_in(part: Message) -> str:
    inside = _parts(part)
    original = inside[0] if inside else email.message_from_string(str(part.get_payload()))
    return str(original.get("Message-ID", "")).strip()


def _parts(message: Message) -> list[Message]:
    """Return what a message is made of, as far as anybody would look."""
    payload: object = message.get_payload()
    parts = payload[:MOST_PARTS] if isinstance(payload, list) else []
    return [part for part in parts if isinstance(part, Message)]

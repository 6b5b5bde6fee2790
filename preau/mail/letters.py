"""What leaves, as apps say it, and what is made of it: words that cannot break out of their place."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext

from preau.people.models import Person

from .models import OutgoingMail, Urgency

LONGEST_SUBJECT = 250
LONGEST_HEADER = 900
LONGEST_BODY = 500_000
LONGEST_ADDRESS = 254
LONGEST_KEY = 200
MAY_BE_SAID = {
    name.lower(): name
    for name in (
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "Reply-To",
        "In-Reply-To",
        "References",
        "Auto-Submitted",
    )
}
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_kinds: dict[str, str | Promise] = {}


@dataclass(frozen=True, kw_only=True)
class Letter:
    """
    An e-mail that is to leave.

    :param kind: what it is, `app.what`; nothing of its words is shown to those who look after the mail
    :param key: what it is about; the same key is never queued twice
    :param not_after: it is given up rather than sent later than this
    :param is_secret: once it left, nothing is kept of it but that it did
    """

    kind: str
    to: str
    subject: str
    text: str
    html: str = ""
    person: Person | None = None
    language: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    not_before: datetime | None = None
    not_after: datetime | None = None
    key: str = ""
    urgency: Urgency = Urgency.ORDINARY
    is_secret: bool = False


def call_kind(kind: str, words: str | Promise) -> None:
    """Say how a kind of e-mail is called. Said once, where the app declares what it sends."""
    _kinds[kind] = words


def kind_in_words(kind: str) -> str:
    return str(_kinds.get(kind, kind))


def one_line(words: str, most: int) -> str:
    """Return words that fit in one line of a header, without what would begin another."""
    return " ".join(_BREAKS.sub(" ", words[: 4 * most]).split())[:most].strip()


def comparable(address: str) -> str:
    """Return an address as it is compared and sent to; nothing if no e-mail can go there."""
    local, at, domain = address.strip().rpartition("@")
    if len(address) > LONGEST_ADDRESS or not at or _BREAKS.search(address):
        return ""
    try:
        plain = f"{local}@{domain.encode('idna').decode()}".lower()
        validate_email(plain)
    except (UnicodeError, ValidationError):
        return ""
    return plain


def row_of(letter: Letter, at: datetime) -> OutgoingMail:
    """
    Return the row that holds a letter. One to an address that is none is given up from the start.

    :raises ValueError: if it has a header that no app may say
    """
    key = comparable(letter.to)
    row = OutgoingMail(
        kind=letter.kind[:60],
        person=letter.person,
        address=one_line(letter.to, 320),
        address_key=key,
        language=letter.language[:5],
        subject=one_line(letter.subject, LONGEST_SUBJECT),
        text=_UNWRITABLE.sub("\ufffd", letter.text[:LONGEST_BODY]),
        html=_UNWRITABLE.sub("\ufffd", letter.html[:LONGEST_BODY]),
        headers=_headers(letter.headers),
        message_id=f"<{secrets.token_hex(16)}@{_our_domain()}>",
        key=_key(letter.key),
        urgency=letter.urgency,
        is_secret=letter.is_secret,
        queued_at=at,
        due_at=max(letter.not_before or at, at),
        not_after=letter.not_after,
    )
    if not key:
        row.given_up_at = at
        row.said = gettext("This is not an address that e-mail can go to.")
        forget_words(row)
    return row


def _key(key: str) -> str:
    if len(key) > LONGEST_KEY:
        message = f"The key of a letter is too long: {key[:40]}…"
        raise ValueError(message)
    return key


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    unknown = [name for name in given if name.lower() not in MAY_BE_SAID]
    if unknown:
        message = f"No letter may say {', '.join(unknown)}."
        raise ValueError(message)
    said = {MAY_BE_SAID[name.lower()]: one_line(value, LONGEST_HEADER) for name, value in given.items()}
    if "Reply-To" in said:
        name, address = parseaddr(said.pop("Reply-To"))
        if plain := comparable(address):
            said["Reply-To"] = formataddr((name, plain))
    return said


def forgotten(*, is_secret: bool) -> dict[str, object]:
    """Return what is left of the words of a letter once nobody needs them any more: of a secret, nothing."""
    return {"text": "", "html": "", "headers": {}, **({"subject": ""} if is_secret else {})}


def forget_words(row: OutgoingMail) -> dict[str, object]:
    """Empty what a row says, once nothing of it is needed any more; return what changed."""
    emptied = forgotten(is_secret=row.is_secret)
    for name, value in emptied.items():
        setattr(row, name, value)
    return emptied


def sender_address() -> str:
    """Return the bare address from which e-mails leave, and to which reports come back."""
    return settings.BOUNCES_ADDRESS or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _our_domain() -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return domain.encode("idna").decode() if domain else "localhost"


def message_of(row: OutgoingMail) -> EmailMultiAlternatives:
    """Return the e-mail that a row describes: the same at each try."""
    headers = {
        "Auto-Submitted": "auto-generated",
        **row.headers,
        "Message-ID": row.message_id,
        "Date": format_datetime(row.queued_at),
    }
    if row.language:
        headers["Content-Language"] = row.language
    message = EmailMultiAlternatives(
        row.subject, row.text, settings.DEFAULT_FROM_EMAIL, [row.address_key], headers=headers
    )
    if row.html:
        message.attach_alternative(row.html, "text/html")
    return message

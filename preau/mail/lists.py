"""E-mails and how far they are, and the addresses that bounce. What an e-mail says stands in neither."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.kit.lists.columns import AddressOf, Column, Content, Empty, Link, Listing, Phone, Place
from preau.people.models import Person
from preau.people.rules import may_manage_people

from . import queries
from .letters import kind_in_words
from .models import BouncingAddress, OutgoingMail, State
from .queries import BouncingLine

Mail = Any
"""An e-mail of `queries.mails`, which knows whether its address bounces and its words are still there."""


def _state(mail: Mail) -> tuple[str, str]:
    """Return where an e-mail stands, in words and in what tone."""
    if mail.state is State.SENT:
        return (gettext("came back"), "bad") if mail.bounced_at else (gettext("has left"), "good")
    if mail.state is State.WAITING and mail.is_paused:
        return gettext("waits: the address bounces"), "warning"
    return {
        State.WAITING: (gettext("waits"), "info"),
        State.UNDER_WAY: (gettext("is leaving"), "info"),
        State.GIVEN_UP: (gettext("given up"), "bad"),
        State.IN_DOUBT: (gettext("may have left"), "warning"),
    }[mail.state]


def _badge(mail: Mail, href: AddressOf) -> str:
    return pieces.badge(*_state(mail))


def _again(mail: Mail, href: AddressOf) -> str:
    """Draw the button that sends it again; the form around the list sends it."""
    if not queries.can_go_again(mail):
        return ""
    to = reverse("mail:again", args=[mail.pk])
    return _button(gettext("Send again"), mail.address, to)


def _button(label: str, about: str, to: str) -> str:
    words = format_html('{}<span class="visually-hidden"> ({})</span>', label, about)
    return pieces.button(words, small=True, mark="send", formaction=to)


mails: Listing[OutgoingMail, Mail] = Listing(
    "mail.mails",
    _("Outgoing e-mail"),
    (
        Column("at", _("When"), lambda mail: mail.queued_at, Content.MOMENT, sort=("queued_at",)),
        Column(
            "person",
            _("To whom"),
            lambda mail: mail.person.list_name if mail.person else "",
            sort=("person__sort_name",),
        ),
        Column("address", _("Address"), lambda mail: mail.address, sort=("address_key",)),
        Column("kind", _("What it is"), lambda mail: kind_in_words(mail.kind), sort=("kind",)),
        Column("state", _("State"), lambda mail: _state(mail)[0], drawn=_badge, phone=Phone.BESIDE),
        Column("said", _("What the mail server said"), lambda mail: mail.said, look="soft small"),
        Column("again", _("Once more"), lambda mail: "", drawn=_again, places=Place.SCREEN),
    ),
    ngettext_lazy("%(n)s e-mail", "%(n)s e-mails", "n"),
    Empty(_("No e-mail waits here"), "mail", _("What cannot leave, or may not have left, will stand here.")),
    sorted_by="-at",
)


def _names(line: BouncingLine) -> str:
    return ", ".join(person.full_name for person in line.holders) or gettext("nobody any more")


def _try(line: BouncingLine, href: AddressOf) -> str:
    to = reverse("mail:retry", args=[line.bouncing.pk])
    return _button(gettext("Try again"), line.bouncing.address, to)


bounces: Listing[BouncingAddress, BouncingLine] = Listing(
    "mail.bounces",
    _("Addresses that bounce"),
    (
        Column("address", _("Address"), lambda line: line.bouncing.address, sort=("address",)),
        Column(
            "holders",
            _("Whose it is"),
            _names,
            links=(Link("people:person", lambda line: line.holders, may_manage_people.over(Person)),),
        ),
        Column(
            "since",
            _("Since"),
            lambda line: line.bouncing.since,
            Content.MOMENT,
            sort=("since",),
            phone=Phone.BESIDE,
        ),
        Column("why", _("Why"), lambda line: line.bouncing.why, look="soft small"),
        Column("source", _("Told by"), lambda line: line.bouncing.get_source_display(), look="soft"),
        Column("try", _("Once more"), lambda line: "", drawn=_try, places=Place.SCREEN),
    ),
    ngettext_lazy("%(n)s address", "%(n)s addresses", "n"),
    Empty(
        _("No address bounces"),
        "mail",
        _("An address to which nothing can be delivered will stand here."),
    ),
    queries.bouncing_lines,
    sorted_by="-since",
)

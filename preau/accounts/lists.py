"""Whose accounts."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.kit.lists.columns import AddressOf, Column, Content, Empty, Link, Listing, Phone, Tick
from preau.people.models import Person

from .models import Account

Holder = Any
"""A person of `queries.holders`, who knows whether an invitation is open and a second factor set up."""


def _account(holder: Holder) -> Account | None:
    return getattr(holder, "account", None)


def _state(holder: Holder) -> tuple[str, str, str]:
    """Return where an account stands: in words, in what tone, under which icon."""
    account = _account(holder)
    if account and not account.is_active:
        return gettext("blocked"), "bad", "lock"
    if account and account.has_usable_password():
        return gettext("in use"), "good", ""
    if holder.is_invited:
        return gettext("invited"), "info", "mail" if account else ""
    return (gettext("not invited"), "warning", "") if account else (gettext("no account"), "", "")


def _badges(holder: Holder, href: AddressOf) -> SafeString:
    factor = pieces.badge(gettext("second factor"), "good", "shield-lock") if holder.has_second_factor else ""
    return format_html("{} {}", pieces.badge(*_state(holder)), factor)


def _email(holder: Holder) -> str:
    account = _account(holder)
    return (account.email if account else "") or holder.email


accounts: Listing[Person, Holder] = Listing(
    "accounts.accounts",
    _("Accounts"),
    (
        Column(
            "name",
            _("Name"),
            lambda holder: holder.list_name,
            links=(Link("accounts:account", lambda holder: [holder]),),
            sort=("sort_name",),
        ),
        Column(
            "username",
            _("User name"),
            lambda holder: account.username if (account := _account(holder)) else "",
            sort=("account__username",),
        ),
        Column("email", _("E-mail"), _email),
        Column("state", _("State"), lambda holder: _state(holder)[0], drawn=_badges, phone=Phone.BESIDE),
        Column(
            "last",
            _("Last signed in"),
            lambda holder: account.last_login if (account := _account(holder)) else None,
            Content.MOMENT,
            sort=("account__last_login",),
        ),
    ),
    ngettext_lazy("%(n)s person", "%(n)s persons", "n"),
    Empty(_("Nobody answers this"), "users", _("Look for another name, another group or another state.")),
    sorted_by="name",
    ticks=Tick("person", lambda holder: holder.pk, lambda holder: holder.full_name),
)

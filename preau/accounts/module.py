"""Accounts, as the house sees them."""

from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare

from .rules import may_see_accounts

declare(
    Module(
        key="accounts",
        name=_("Accounts"),
        icon="key",
        rank=910,
        menu=(MenuEntry(_("Accounts"), "key", "accounts:accounts", may_see_accounts),),
        can_close=False,
    )
)

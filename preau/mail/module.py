"""E-mail, as the house sees it."""

from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare

from .rules import may_keep_mail

declare(
    Module(
        key="mail",
        name=_("E-mail"),
        icon="mail",
        rank=915,
        menu=(
            MenuEntry(_("Outgoing e-mail"), "send", "mail:mails", may_keep_mail),
            MenuEntry(_("Addresses that bounce"), "mail-opened", "mail:bounces", may_keep_mail),
        ),
        can_close=False,
    )
)

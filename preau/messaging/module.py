"""Notices, as the house sees them."""

from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare

from .rules import may_open_notices

declare(
    Module(
        key="messaging",
        name=_("Notices"),
        icon="bell",
        rank=15,
        menu=(MenuEntry(_("Notices"), "bell", "messaging:notices", may_open_notices),),
        can_close=False,
    )
)

"""The trail, as the house sees it."""

from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare

from .rules import may_read_trail

declare(
    Module(
        key="trail",
        name=_("Trail"),
        icon="history",
        rank=920,
        menu=(MenuEntry(_("Who did what"), "history", "trail:acts", may_read_trail),),
        can_close=False,
    )
)

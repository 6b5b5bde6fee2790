"""What is kept and for how long, as the navigation knows it."""

from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare

from .rules import may_read_retention

declare(
    Module(
        key="retention",
        name=_("How long things are kept"),
        icon="hourglass",
        rank=890,
        menu=(
            MenuEntry(_("How long things are kept"), "hourglass", "retention:periods", may_read_retention),
        ),
        can_close=False,
    )
)

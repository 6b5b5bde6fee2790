"""Imports, as the house sees them."""

from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare

from .rules import may_export, may_import

declare(
    Module(
        key="exchange",
        name=_("Imports"),
        icon="file-import",
        rank=880,
        menu=(
            MenuEntry(_("Import"), "file-import", "exchange:imports", may_import),
            MenuEntry(_("Export"), "file-export", "exchange:exports", may_export),
        ),
        can_close=False,
    )
)

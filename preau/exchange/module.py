"""Imports, as the house sees them."""

from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare
from preau.trail import words

from .rules import may_import

declare(
    Module(
        key="exchange",
        name=_("Imports"),
        icon="file-import",
        rank=880,
        menu=(MenuEntry(_("Import"), "file-import", "exchange:imports", may_import),),
        can_close=False,
    )
)

words.register("exchange.import_file", _("brought in the file %(subject)s"))

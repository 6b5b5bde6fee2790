"""Today, search and the house itself, as the navigation knows them."""

from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare

from .queries.handbook import help_named
from .queries.search import files_named
from .rules import decides_what_is_open

declare(
    Module(
        key="portal",
        name=_("Today"),
        icon="sun",
        rank=0,
        menu=(MenuEntry(label=_("Today"), icon="sun", address="portal:today", on_phone=True),),
        can_close=False,
    )
)
declare(Module(key="files", name=_("Pupils"), icon="user", rank=1, searches=(files_named,), can_close=False))
declare(
    Module(
        key="house",
        name=_("The house"),
        icon="help-circle",
        rank=900,
        searches=(help_named,),
        menu=(
            MenuEntry(
                label=_("Opening of the modules"),
                icon="toggle-right",
                address="portal:roll_out",
                rule=decides_what_is_open,
            ),
            MenuEntry(label=_("Who may see what"), icon="shield-lock", address="portal:rules"),
            MenuEntry(label=_("Help"), icon="help-circle", address="portal:help"),
        ),
        can_close=False,
    )
)

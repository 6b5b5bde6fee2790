"""Today, search and the house itself, as the navigation knows them."""

from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare
from preau.trail.words import register_all

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
register_all(
    {
        "portal.open_file": _("opened the pupil's file"),
        "portal.decide_stage": _("decided how far the module “%(subject)s” is open, from %(starts_on)s"),
        "portal.withdraw_decision": _("took back a decision about the module “%(subject)s”"),
        "portal.add_pilot": _("let this person try the module “%(subject)s”"),
        "portal.remove_pilot": _("ended this person's trial of the module “%(subject)s”"),
    }
)

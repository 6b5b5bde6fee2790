"""Accounts, as the house sees them."""

from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare
from preau.trail import words

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

words.register_all(
    {
        "accounts.sign_in": _("signed in (from %(address)s)"),
        "accounts.sign_out": _("signed out"),
        "accounts.fail_to_sign_in": _("could not sign in: the password was wrong (from %(address)s)"),
        "accounts.fail_second_factor": _("could not sign in: the second factor was wrong"),
        "accounts.change_password": _("changed the password"),
        "accounts.reset_password": _("chose a new password through the e-mail"),
        "accounts.change_email": _("changed the e-mail of the account"),
        "accounts.add_app": _("set up the app that gives codes"),
        "accounts.remove_app": _("took away the app that gives codes"),
        "accounts.add_passkey": _("added a passkey"),
        "accounts.remove_passkey": _("took away a passkey"),
        "accounts.add_codes": _("made new recovery codes"),
        "accounts.remove_codes": _("took away the recovery codes"),
        "accounts.end_session": _("ended a session"),
        "accounts.end_sessions": _("ended all other sessions"),
        "accounts.invite": _("invited to choose a password"),
        "accounts.accept_invitation": _("answered the invitation and chose a password"),
        "accounts.block": _("blocked the account"),
        "accounts.unblock": _("let the account sign in again"),
        "accounts.forget_second_factor": _("took away a lost second factor"),
    }
)

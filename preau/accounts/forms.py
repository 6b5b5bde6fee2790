"""What people type to sign in and to keep their keys; allauth's forms, in our words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from preau.kit import jobs
from preau.kit.fields import ModelForm, RecordsField, choose
from preau.kit.lists.filters import FilterForm, WordsField
from preau.people.models import Person, PersonQuerySet

from . import audiences, codes, queries, tasks
from .actions import MOST_AT_ONCE
from .actions.attempts import Turn
from .models import Account, Invitation
from .throttles import try_a_code

CODE_WIDGET = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class InOurWords:
    """Give allauth's fields the labels of `words`; a label is enough, placeholders go."""

    words: Mapping[str, Any] = {}
    helps: Mapping[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.helps.get(name, "")


PASSWORD_HELP = _("At least 10 signs. A short sentence that only you would say is easy to keep.")
TWICE = {"password1": _("New password"), "password2": _("The same again")}


class SignInForm(InOurWords, account_forms.LoginForm):
    words = {
        "login": _("User name or e-mail"),
        "password": _("Password"),
        "remember": _("Stay signed in on this device"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"].widget.attrs.update(attributes)
        self.fields["login"].max_length = 254


class OwnEmailForm(forms.Form):
    """Another e-mail for oneself."""

    email = forms.EmailField(
        label=_("New e-mail"), widget=forms.EmailInput({"autocomplete": "email", "autofocus": True})
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()


class ChangePasswordForm(InOurWords, account_forms.ChangePasswordForm):
    words = {"oldpassword": _("Present password"), **TWICE}
    helps = {"password1": PASSWORD_HELP}


class SetPasswordForm(InOurWords, account_forms.SetPasswordForm):
    words = TWICE
    helps = {"password1": PASSWORD_HELP}


class AskResetForm(InOurWords, account_forms.ResetPasswordForm):
    """An e-mail. Whether anybody has it is found out in the worker: here known and unknown are the same."""

    words = {"email": _("E-mail")}

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        jobs.start(tasks.reset_by_email, email=email, address=request.build_absolute_uri("/"))
        return email


class ResetPasswordForm(InOurWords, account_forms.ResetPasswordKeyForm):
    words = TWICE
    helps = {"password1": PASSWORD_HELP}


class PasswordAgainForm(InOurWords, account_forms.ReauthenticateForm):
    words = {"password": _("Password")}


class CountsCodes:
    """Count each code before it is looked at; with the right one, take it off again as one comes in."""

    turn: Turn | None = None

    def clean_code(self) -> str:
        user = self.user  # type: ignore[attr-defined]
        self.turn = try_a_code(user)
        if self.turn is None:
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]
        return code

    def save(self) -> None:
        if self.turn:
            self.turn.take_back()
        super().save()  # type: ignore[misc]


class SecondFactorForm(CountsCodes, InOurWords, mfa_forms.AuthenticateForm):
    words = {"code": _("Code")}
    helps = {"code": _("The six digits that your app shows now, or one of your recovery codes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_WIDGET)


class SecondFactorAgainForm(CountsCodes, InOurWords, mfa_forms.ReauthenticateForm):
    words = SecondFactorForm.words
    helps = SecondFactorForm.helps

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_WIDGET)


class SetUpAppForm(InOurWords, ActivateTOTPForm):
    words = {"code": _("Code that the app shows")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_WIDGET)


class AddPasskeyForm(InOurWords, webauthn_forms.AddWebAuthnForm):
    words = {
        "name": _("Name of this passkey"),
        "passwordless": _("Sign in with it alone, without a password"),
    }
    helps = {"name": _("So that you tell them apart: “my phone”, “blue key”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"passwordless": True, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs["maxlength"] = 60


class NamePasskeyForm(InOurWords, webauthn_forms.EditWebAuthnForm):
    words = {"name": _("Name of this passkey")}


class LanguageForm(forms.Form):
    """The language one is spoken to in."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class LanguageAtTheDoorForm(LanguageForm):
    """The language one is spoken to in, and the page to go back to."""

    next = forms.CharField(required=False)


class CodeForm(forms.Form):
    """The one-time code of a letter, however it is typed."""

    code = forms.CharField(
        label=_("Code of your letter"),
        max_length=60,
        help_text=_("Four groups of four signs. Capitals, spaces and hyphens do not matter."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        return codes.as_typed(self.cleaned_data["code"])


class AnswerForm(forms.Form):
    """The password a person chooses on answering an invitation, and the language to be spoken to in."""

    password1 = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same again"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)
        self.initial["language"] = account.person.language

    @property
    def facts(self) -> dict[str, str]:
        return {"password": self.cleaned_data["password1"], "language": self.cleaned_data["language"]}

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Type the same twice."))
        return self.cleaned_data


STATE_CHOICES = [
    ("", _("Every account")),
    ("waiting", _("Without a password yet")),
    ("uninvited", _("Not invited yet")),
    ("invited", _("Invited, no answer yet")),
    ("open", _("In use")),
    ("blocked", _("Blocked")),
]


class HolderFilterForm(FilterForm):
    """Whose accounts somebody looks for."""

    words = WordsField(_("Name or user name"))
    group = forms.ChoiceField(label=_("Who"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATE_CHOICES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.choices = [("", _("Everybody")), *audiences.options()]


class InvitingForm(forms.Form):
    """Whom to invite, and how: those ticked, or all that the filter of their list finds."""

    person = RecordsField(
        Person.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("Somebody of this list is no longer there: look again.")},
    )
    everybody = forms.BooleanField(required=False)
    channel = forms.ChoiceField(choices=Invitation.Channel)

    def __init__(self, persons: PersonQuerySet, typed: Any) -> None:
        super().__init__(typed)
        self.persons = persons
        choose(self, "person", queries.holders(persons))

    @property
    def facts(self) -> dict[str, Any]:
        """:raises NotUnderstood: when all are asked for by a filter that is not understood"""
        chosen = self.cleaned_data["person"]
        if self.cleaned_data["everybody"]:
            chosen = queries.holders(self.persons, **HolderFilterForm(self.data).wanted_for_an_act())
        persons = chosen.exclude(account__is_active=False)[: MOST_AT_ONCE + 1]
        return {"persons": persons, "channel": self.cleaned_data["channel"]}


class EmailForm(ModelForm):
    """The e-mail of an account, corrected by those who keep accounts."""

    class Meta:
        model = Account
        fields = ("email",)

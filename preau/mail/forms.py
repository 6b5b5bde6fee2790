from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit.lists.filters import FilterForm, WordsField

STATES = [
    ("", _("What has yet to arrive")),
    ("WAITING", _("What waits")),
    ("IN_DOUBT", _("What may have left")),
    ("GIVEN_UP", _("What was given up")),
    ("SENT", _("What left")),
]


class MailFilterForm(FilterForm):
    """Which e-mails somebody looks for."""

    words = WordsField(_("Name or address"))
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)


class BouncingFilterForm(FilterForm):
    """Which address somebody looks for."""

    words = WordsField(_("Address"))

from django import forms
from django.utils.translation import gettext_lazy as _

from . import words
from .queries import Wanted


def _choices():
    return [("", _("Every act")), *words.named_acts()]


class WantedForm(forms.Form):
    """What somebody looks for in the trail."""

    who = forms.CharField(label=_("Who did it"), required=False, max_length=100)
    about = forms.CharField(label=_("About whom"), required=False, max_length=100)
    act = forms.ChoiceField(label=_("What"), choices=_choices, required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def wanted(self) -> Wanted:
        """Return what is looked for; a field that makes no sense filters nothing."""
        self.is_valid()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})

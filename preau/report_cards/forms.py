from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.fields import ModelForm, MomentField
from preau.kit.texts import TextForm

from .models import Hold, ReportCard, TutorWord


class PublishForm(forms.Form):
    """From when pupils read their cards; empty means at once."""

    on = MomentField(
        label=_("Readable from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        help_text=_("Leave it empty to publish at once."),
    )

    def clean_on(self) -> datetime | None:
        on: datetime | None = self.cleaned_data["on"]
        if on and on < clock.now():
            raise forms.ValidationError(
                _("This moment is over. Choose a later one, or leave it empty for now.")
            )
        return on


class HoldForm(ModelForm):
    class Meta:
        model = Hold
        fields = ["reason"]
        help_texts = {"reason": _("For the school only: families do not see it.")}


class CorrectionForm(ModelForm):
    class Meta:
        model = ReportCard
        fields = ["reason"]
        labels = {"reason": _("Why it is corrected")}
        help_texts = {"reason": _("The family reads it on the new version.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class WordForm(TextForm):
    """A word of the titulaire."""

    longest = TutorWord._meta.get_field("text").max_length or 0


class CodeForm(forms.Form):
    """The code printed on a card, however it is typed."""

    code = forms.CharField(
        label=_("Code on the report card"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

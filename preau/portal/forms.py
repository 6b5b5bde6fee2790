"""What people type here."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.modules import STAGE_LABELS
from preau.people.models import Person

from .models import Audience


class StageForm(forms.Form):
    """How far a module is open, to whom, from when to when."""

    audience = forms.ChoiceField(label=_("For"), choices=Audience)
    stage = forms.ChoiceField(
        label=_("Stage"), choices=[(stage.value, label) for stage, label in STAGE_LABELS.items()]
    )
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Until (that day no longer counts)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave empty to let it last."),
    )

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {"starts_on": clock.today()})
        super().__init__(*args, **kwargs)


class LanguageForm(forms.Form):
    """The language one is spoken to in."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class PilotForm(forms.Form):
    """Who tries a module before the others."""

    person = forms.ModelChoiceField(Person.objects.all())

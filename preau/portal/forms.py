"""What people type here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.fields import DayField
from preau.kit.modules import STAGE_LABELS
from preau.people.models import Person

from .models import Audience


class StageForm(forms.Form):
    """How far a module is open, to whom, from when to when."""

    audience = forms.ChoiceField(label=_("For"), choices=Audience)
    stage = forms.ChoiceField(
        label=_("Stage"), choices=[(stage.value, label) for stage, label in STAGE_LABELS.items()]
    )
    starts_on = DayField(label=_("From"), initial=clock.today)
    ends_on = DayField(
        label=_("Until (that day no longer counts)"),
        required=False,
        help_text=_("Leave empty to let it last."),
    )


class PilotForm(forms.Form):
    """Who tries a module before the others."""

    person = forms.ModelChoiceField(
        Person.objects.all(),
        error_messages={"invalid_choice": _("This person is no longer there: look again.")},
    )

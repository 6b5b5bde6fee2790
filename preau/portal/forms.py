"""What people type here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.fields import DayField
from preau.kit.modules import STAGE_LABELS, Stage
from preau.people.models import Person

from .models import Audience
from .queries.openings import circles, persons_of

NOTHING_YET = ("", "–")


class StageForm(forms.Form):
    """How far a module is open, to whom, from when to when. Nothing is chosen beforehand."""

    audience = forms.ChoiceField(label=_("For"), choices=[NOTHING_YET, *Audience.choices])
    stage = forms.ChoiceField(
        label=_("Stage"),
        choices=[NOTHING_YET, *((stage.value, label) for stage, label in STAGE_LABELS.items())],
    )
    starts_on = DayField(label=_("From"), initial=clock.today)
    ends_on = DayField(
        label=_("Until (that day no longer counts)"),
        required=False,
        help_text=_("Leave empty to let it last."),
    )

    @property
    def shuts_out(self) -> bool:
        """Say whether some who find the module now would find it no longer."""
        return self.cleaned_data["stage"] in {Stage.CLOSED, Stage.PILOT}

    def keep_choice(self) -> StageForm:
        """Carry what was chosen along to where it is confirmed."""
        for field in self.fields.values():
            field.widget = forms.HiddenInput()
        return self


class PilotForm(forms.Form):
    """Who tries a module before the others: a person, or all of a class, a group or a list."""

    person = forms.ModelChoiceField(
        Person.objects.all(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("This person is no longer there: look again.")},
    )
    circle = forms.ChoiceField(label=_("Class, group or list"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        circle: Any = self.fields["circle"]
        circle.choices = [NOTHING_YET, *circles()]

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        if self.errors:
            return asked
        if bool(asked["person"]) == bool(asked["circle"]):
            raise forms.ValidationError(_("Choose who tries the module."))
        self.persons = [asked["person"]] if asked["person"] else list(persons_of(asked["circle"]))
        if not self.persons:
            raise forms.ValidationError(_("Nobody is in it today."))
        return asked

    def keep_choice(self) -> PilotForm:
        """Carry what was chosen along to where it is confirmed: those counted there are those who try."""
        self.fields["circle"].widget = forms.HiddenInput()
        return self

    @property
    def facts(self) -> dict[str, Any]:
        return {"persons": self.persons}


class SeeAsForm(forms.Form):
    """Why one wants to see what a family sees."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("It stays in the trail, where those who lead the school read it."),
    )

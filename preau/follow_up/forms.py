"""What those who keep adjustments type. A diagnosis is turned away wherever one could be written."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.fields import DayField, ModelForm, RecordsField, choose
from preau.kit.lists.filters import FilterForm, WordsField
from preau.structure.models import Subject

from .models import Adjustment, AdjustmentPlan, Measure
from .queries import Standing
from .wording import names_a_diagnosis


def what_helps(text: str) -> str:
    """Return a text that says what helps; refuse one that names what the pupil has."""
    if names_a_diagnosis(text):
        raise forms.ValidationError(
            _("Write what helps, not what the pupil has: a diagnosis is never kept here.")
        )
    return text


class PlanFilterForm(FilterForm):
    """What one looks for among the plans."""

    q = WordsField(_("Name of the pupil"))
    standing = forms.ChoiceField(label=_("Plans"), choices=Standing, required=False)


class PupilSearchForm(FilterForm):
    """Looking for the pupil who needs a plan."""

    q = WordsField(_("Name of the pupil"))


class PlanForm(ModelForm):
    """The dates, the signature and the note of a plan."""

    class Meta:
        model = AdjustmentPlan
        fields = ("starts_on", "ends_on", "signed_on", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def clean_signed_on(self) -> date | None:
        signed: date | None = self.cleaned_data["signed_on"]
        if signed and signed > clock.today():
            raise forms.ValidationError(_("That day is to come: write it once the protocol is signed."))
        return signed

    def clean_note(self) -> str:
        return what_helps(self.cleaned_data["note"])


class NewPlanForm(PlanForm):
    """A new plan, with measures for all subjects; those of one subject are added on its page."""

    measures = RecordsField(
        Measure.objects.none(),
        label=_("Measures, in all subjects"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Measures of one subject, and details, come on the next page."),
        error_messages={"invalid_choice": _("A measure of this list is no longer proposed: look again.")},
    )

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, initial={"starts_on": clock.today()})
        choose(self, "measures", Measure.objects.offered())


class AdjustmentForm(ModelForm):
    """A measure to put in a plan."""

    class Meta:
        model = Adjustment
        fields = ("measure", "subject", "detail")

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed)
        choose(self, "measure", Measure.objects.offered())
        choose(
            self,
            "subject",
            Subject.objects.all(),
            empty=_("all subjects"),
            called=lambda subject: subject.name,
        )

    def clean_detail(self) -> str:
        return what_helps(self.cleaned_data["detail"])


class EndForm(forms.Form):
    """From which day a plan holds no longer."""

    on = DayField(label=_("Holds no longer from"), initial=clock.today)


class MeasureForm(ModelForm):
    """A measure of the school's list."""

    class Meta:
        model = Measure
        fields = ("code", "label", "is_about_tests", "rank", "withdrawn_on")

    def clean_label(self) -> str:
        return what_helps(self.cleaned_data["label"])

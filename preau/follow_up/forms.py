"""What those who keep adjustments type. A diagnosis is turned away wherever one could be written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
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


class PlanFilterForm(forms.Form):
    """What one looks for among the plans. Whatever is not understood is left out."""

    q = forms.CharField(label=_("Name of the pupil"), required=False, max_length=80)
    standing = forms.ChoiceField(label=_("Plans"), choices=Standing, required=False)

    @property
    def asked(self) -> dict[str, str]:
        self.is_valid()
        found = self.cleaned_data
        return {"words": found.get("q", ""), "standing": found.get("standing") or Standing.IN_FORCE.value}


class PupilSearchForm(forms.Form):
    """Looking for the pupil who needs a plan."""

    q = forms.CharField(label=_("Name of the pupil"), required=False, max_length=80)

    @property
    def words(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))


class PlanForm(forms.ModelForm):
    """The dates, the signature and the note of a plan."""

    class Meta:
        model = AdjustmentPlan
        fields = ("starts_on", "ends_on", "signed_on", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    @classmethod
    def of(cls, plan: AdjustmentPlan, typed: Any = None) -> PlanForm:
        """Return the form filled with what a plan says; the plan itself is left alone."""
        return cls(typed, initial=model_to_dict(plan, fields=cls._meta.fields))

    def clean_signed_on(self):
        signed = self.cleaned_data["signed_on"]
        if signed and signed > clock.today():
            raise forms.ValidationError(_("That day is to come: write it once the protocol is signed."))
        return signed

    def clean_note(self):
        return what_helps(self.cleaned_data["note"])


class NewPlanForm(PlanForm):
    """A new plan, with measures for all subjects; those of one subject are added on its page."""

    measures = forms.ModelMultipleChoiceField(
        Measure.objects.none(),
        label=_("Measures, in all subjects"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Measures of one subject, and details, come on the next page."),
        error_messages={"invalid_choice": _("A measure of this list is no longer proposed: look again.")},
    )

    def __init__(self, typed=None):
        super().__init__(typed, initial={"starts_on": clock.today()})
        self.fields["measures"].queryset = Measure.objects.offered()


class AdjustmentForm(forms.ModelForm):
    """A measure to put in a plan."""

    class Meta:
        model = Adjustment
        fields = ("measure", "subject", "detail")

    def __init__(self, typed=None):
        super().__init__(typed)
        self.fields["measure"].queryset = Measure.objects.offered()
        self.fields["subject"].queryset = Subject.objects.all()
        self.fields["subject"].empty_label = _("all subjects")
        self.fields["subject"].label_from_instance = lambda subject: subject.name

    def clean_detail(self):
        return what_helps(self.cleaned_data["detail"])


class EndForm(forms.Form):
    """From which day a plan holds no longer."""

    on = forms.DateField(label=_("Holds no longer from"), initial=clock.today)


class MeasureForm(forms.ModelForm):
    """A measure of the school's list."""

    class Meta:
        model = Measure
        fields = ("code", "label", "is_about_tests", "rank", "withdrawn_on")

    def clean_label(self):
        return what_helps(self.cleaned_data["label"])

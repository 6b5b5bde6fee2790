"""What a teacher fills in about assessments, results and periods."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.grading.models import Category
from preau.kit import clock
from preau.structure.models import ReportPeriod

from ..facts import FactRefused, check_facts
from ..models import Assessment
from .numbers import CommaDecimalField


class AssessmentForm(forms.ModelForm):
    """An assessment: what, when, out of how many, how heavy."""

    max_points = CommaDecimalField(
        label=_("Out of"), max_digits=6, decimal_places=2, min_value=Decimal("0.01")
    )
    weight = CommaDecimalField(
        label=_("Weight"),
        max_digits=6,
        decimal_places=2,
        min_value=Decimal(0),
        help_text=_("2 counts twice as much as 1."),
    )

    class Meta:
        model = Assessment
        fields = [
            "title",
            "category",
            "held_on",
            "max_points",
            "scale",
            "weight",
            "purpose",
            "counts_from",
            "remark",
        ]
        labels = {
            "title": _("Title"),
            "category": _("Kind"),
            "held_on": _("Date"),
            "scale": _("Graded in"),
            "purpose": _("What it is for"),
            "counts_from": _("Counts from"),
            "remark": _("Remark for pupils and parents"),
        }
        widgets = {
            "held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "counts_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, period: ReportPeriod, **kwargs: Any) -> None:
        self.period = period
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["category"].queryset = Category.objects.all()
        fields["category"].empty_label = None
        fields["scale"].empty_label = _("points")
        if not self.instance.pk:
            self.initial.setdefault("held_on", min(max(clock.today(), period.starts_on), period.ends_on))
            self.initial.setdefault("max_points", Decimal(20))

    def clean(self) -> dict[str, Any]:
        """Say on its field what cannot be said of an assessment: a file is told the same."""
        answers: dict[str, Any] = super().clean() or {}
        try:
            check_facts(self.period, answers)
        except FactRefused as refusal:
            self.add_error(refusal.field, str(refusal))
        return answers


class ChoiceForm(forms.Form):
    """The result a teacher retains instead of the computed one."""

    chosen = CommaDecimalField(
        label=_("Result retained"),
        max_digits=6,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
        help_text=_("Empty it to go back to the computed result."),
    )
    because = forms.CharField(
        label=_("Why"), max_length=200, required=False, help_text=_("Read by the council and the head.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("chosen") is not None and not cleaned.get("because"):
            self.add_error("because", _("Say in a few words why, so that the council understands."))
        return cleaned


class PublicationForm(forms.Form):
    """From when pupils may read the grades: now, when nothing is said."""

    moment = forms.DateTimeField(
        label=_("From"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: now."),
    )


class ReopeningForm(forms.Form):
    because = forms.CharField(label=_("Why it is reopened"), max_length=200)

"""What a teacher fills in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.structure.models import ReportPeriod

from .models import Assessment, Category


class CommaDecimalField(forms.DecimalField):
    """A number typed with a comma or a point, whatever the language of the page."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(value.replace(",", ".").strip() if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


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
        fields = ["title", "category", "held_on", "max_points", "weight", "purpose", "counts_from", "remark"]
        labels = {
            "title": _("Title"),
            "category": _("Kind"),
            "held_on": _("Date"),
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
        self.fields["category"].queryset = Category.objects.all()
        self.fields["category"].empty_label = None
        if not self.instance.pk:
            self.initial.setdefault("held_on", min(max(clock.today(), period.starts_on), period.ends_on))
            self.initial.setdefault("max_points", Decimal(20))

    def clean_held_on(self) -> Any:
        held_on = self.cleaned_data["held_on"]
        year = self.period.school_year
        if not year.starts_on <= held_on < year.ends_on:
            raise forms.ValidationError(_("This day is not in the school year %(year)s.") % {"year": year})
        return held_on


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


class ReopeningForm(forms.Form):
    because = forms.CharField(label=_("Why it is reopened"), max_length=200)

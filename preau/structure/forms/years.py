"""The school year and the school itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from preau.kit.fields import CountField, ModelForm

from ..models import CalendarEvent, ReportPeriod, School, SchoolYear
from .choices import LastDayField

a_color = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour as # and six digits, e.g. #1f5f5b."))


def last_day_of(span: ReportPeriod | SchoolYear) -> date:
    return span.ends_on - timedelta(days=1)


class OpeningForm(forms.Form):
    """Which school year to open."""

    first_year = CountField(min_value=2000, max_value=2100, widget=forms.HiddenInput)


class PeriodForm(ModelForm):
    """A report period, its last day counted in."""

    ends_on = LastDayField(label=_("Last day"))

    class Meta:
        model = ReportPeriod
        fields = ("code", "name", "kind", "starts_on", "ends_on", "weight", "is_deliberative")

    @classmethod
    def of(cls, record: ReportPeriod, typed: Any = None, files: Any = None, **how: Any) -> Self:
        """Return the form of a period in the table; each has its own prefix of ids."""
        how |= {"initial": {"ends_on": last_day_of(record)}, "auto_id": f"period-{record.pk}-%s"}
        return super().of(record, typed, files, **how)

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in a sentence."""


class EventForm(ModelForm):
    """A holiday or a day off, its last day counted in."""

    ends_on = LastDayField(label=_("Last day"), required=False, help_text=_("Empty: one day."))

    class Meta:
        model = CalendarEvent
        fields = ("kind", "name", "starts_on", "ends_on")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("starts_on") and not typed.get("ends_on"):
            typed["ends_on"] = typed["starts_on"] + timedelta(days=1)
        return typed


class ClosingForm(forms.Form):
    """The last day of the ties still open in a past year."""

    last_day = LastDayField(label=_("Last day"))

    @classmethod
    def of(cls, year: SchoolYear, typed: Any = None) -> ClosingForm:
        return cls(typed, initial={"last_day": last_day_of(year)})

    @property
    def facts(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["last_day"]}


class SchoolForm(ModelForm):
    """What stands on documents and at the top of each page."""

    accent = forms.CharField(
        label=_("Colour"),
        required=False,
        validators=[a_color],
        max_length=7,
        help_text=_("Six digits, e.g. #1f5f5b."),
    )
    logo = forms.FileField(label=_("Logo"), required=False, help_text=_("PNG, JPEG or WebP, 1 MB at most."))

    class Meta:
        model = School
        fields = (
            "name",
            "network",
            "fase_number",
            "head_name",
            "street",
            "postcode",
            "city",
            "phone",
            "email",
            "accent",
        )

"""What a teacher fills in about assessments, results and periods."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.fields import ModelForm, MomentField, NumberField, choose
from preau.kit.meanwhile import WatchedForm
from preau.structure.models import CourseGroup, ReportPeriod

from ..facts import FactRefused, check_facts
from ..models import Assessment


class AssessmentForm(ModelForm):
    """An assessment: what, when, out of how many, how heavy."""

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
            "max_points": _("Out of"),
            "scale": _("Graded in"),
            "weight": _("Weight"),
            "purpose": _("What it is for"),
            "counts_from": _("Counts from"),
            "remark": _("Remark for pupils and parents"),
        }
        help_texts = {"weight": _("2 counts twice as much as 1.")}

    def __init__(self, *args: Any, period: ReportPeriod, **kwargs: Any) -> None:
        self.period = period
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
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


class NewAssessmentForm(AssessmentForm):
    """A new assessment, perhaps like an earlier one, whose competences and rubric it takes."""

    like = forms.ModelChoiceField(Assessment.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, mine: QuerySet[Assessment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "like", mine)


class PlaceForm(forms.Form):
    """One place further."""

    LEFT, RIGHT = "left", "right"

    to = forms.ChoiceField(label=_("Place"), choices=[(LEFT, LEFT), (RIGHT, RIGHT)])

    @property
    def facts(self) -> dict[str, int]:
        return {"steps": -1 if self.cleaned_data["to"] == self.LEFT else 1}


class CopiesForm(forms.Form):
    """The parallel groups where an assessment is planned too."""

    groups = forms.TypedMultipleChoiceField(label=_("Groups"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, parallel: Sequence[CourseGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parallel = {str(group.pk): group for group in parallel}
        field: Any = self.fields["groups"]
        field.choices = [(key, group.name) for key, group in self.parallel.items()]
        field.coerce = self.parallel.__getitem__


class ChoiceForm(WatchedForm, forms.Form):
    """The result a teacher retains instead of the computed one."""

    chosen = NumberField(
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.watch()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("chosen") is not None and not cleaned.get("because"):
            self.add_error("because", _("Say in a few words why, so that the council understands."))
        return cleaned


class PublicationForm(forms.Form):
    """From when pupils may read the grades: now, when nothing is said."""

    moment = MomentField(label=_("From"), required=False, help_text=_("Empty: now."))


class ReopeningForm(forms.Form):
    because = forms.CharField(label=_("Why it is reopened"), max_length=200)

"""What a teacher fills in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.grading.models import Category, Scheme, Token
from preau.kit import clock
from preau.structure.models import ReportPeriod, SchoolYear
from preau.structure.queries import forms_in_use

from .facts import FactRefused, check_facts
from .models import Assessment


class CommaDecimalField(forms.DecimalField):
    """A number typed with a comma or a point, whatever the language of the page."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
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


class SheetFileForm(forms.Form):
    """The file a teacher brings to a sheet."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt,.tsv,.xlsm"}),
        help_text=_("xlsx, xls, ods or csv, laid out in any way. Nothing is written before you say so."),
    )


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


class SchemeForm(forms.ModelForm):
    """A scheme: how grades become results, for whom, from which period on."""

    starts_with = forms.ModelChoiceField(
        label=_("Applies from"), queryset=ReportPeriod.objects.none(), empty_label=None
    )

    class Meta:
        model = Scheme
        fields = [
            "name",
            "year_level",
            "form",
            "course",
            "daily_work_weight",
            "exam_weight",
            "scale",
            "step",
            "rounding",
            "rounds_components",
            "pass_mark",
            "least_evidence",
            "by_points",
            "drop_lowest",
            "best_of",
            "is_cumulative",
            "allows_bonus",
        ]

    def __init__(self, *args: Any, year: SchoolYear | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        periods = ReportPeriod.objects.filter(school_year=year).order_by("starts_on")
        fields["starts_with"].queryset = periods
        self.initial.setdefault("starts_with", periods.filter(starts_on__lte=clock.today()).last())
        fields["year_level"].label, fields["course"].label = _("Year"), _("Course")
        fields["year_level"].empty_label = _("the whole school")
        fields["course"].empty_label = _("all courses")
        fields["form"] = self._form_of_education()
        for name in DECIMALS:
            fields[name] = _with_comma(fields[name])
        self.categories = [
            self._category(it) for it in Category.objects.filter(component=Category.Component.DAILY_WORK)
        ]
        self.tokens = [self._token(it) for it in Token.objects.all()]

    def _form_of_education(self) -> forms.ChoiceField:
        """Return a choice among the forms that the school has, and the one that the scheme is for."""
        known = sorted({*forms_in_use(), self.instance.form} - {""})
        choices = [("", _("all forms")), *((form, form) for form in known)]
        return forms.ChoiceField(label=_("Form"), choices=choices, required=False)

    def _category(self, category: Category) -> forms.BoundField:
        name = f"category-{category.pk}"
        weights = (
            dict(self.instance.category_weights.values_list("category", "weight")) if self.instance.pk else {}
        )
        self.fields[name] = CommaDecimalField(
            label=category.name, max_digits=6, decimal_places=2, min_value=Decimal(0), required=False
        )
        self.initial[name] = weights.get(category.pk)
        return self[name]

    def _token(self, token: Token) -> forms.BoundField:
        name = f"token-{token.pk}"
        rules = dict(self.instance.token_rules.values_list("token", "effect")) if self.instance.pk else {}
        usual = _("as usual: %(effect)s") % {"effect": token.get_effect_display()}
        self.fields[name] = forms.ChoiceField(
            label=f"{token.code}, {token.name}", choices=[("", usual), *Token.Effect.choices], required=False
        )
        self.initial[name] = rules.get(token.pk, "")
        return self[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("course") and (cleaned.get("year_level") or cleaned.get("form")):
            self.add_error("course", _("Choose a course, or a year level and a form, not both."))
        if not cleaned.get("daily_work_weight") and not cleaned.get("exam_weight"):
            self.add_error("exam_weight", _("Daily work and the examination cannot both weigh nothing."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def proposed(self) -> Scheme:
        """Return the scheme as it would be, without keeping it."""
        proposed = Scheme(**self.facts)
        proposed.plan = replace(proposed.plan, category_weights=self.category_weights)
        signs = dict(Token.objects.values_list("pk", "code"))
        proposed.effects = {signs[key]: effect for key, effect in self.token_effects.items()}
        return proposed

    @property
    def category_weights(self) -> dict[int, Decimal]:
        return self._typed("category-")

    @property
    def token_effects(self) -> dict[int, str]:
        return self._typed("token-")

    def _typed(self, prefix: str) -> dict[int, Any]:
        named = {name: value for name, value in self.cleaned_data.items() if name.startswith(prefix)}
        return {
            int(name.removeprefix(prefix)): value for name, value in named.items() if value not in (None, "")
        }


DECIMALS = ("daily_work_weight", "exam_weight", "scale", "step", "pass_mark", "least_evidence")


def _with_comma(field: forms.DecimalField) -> CommaDecimalField:
    """Return a decimal field of a model as people type it."""
    return CommaDecimalField(
        label=field.label,
        help_text=field.help_text,
        max_digits=field.max_digits,
        decimal_places=field.decimal_places,
        validators=field.validators,
    )

"""What the head fills in about schemes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.grading.models import Category, Level, Scale, Scheme, Token
from preau.grading.queries import levels_of
from preau.kit import clock
from preau.kit.acts import is_understood
from preau.kit.fields import ModelForm, NumberField
from preau.structure.models import ReportPeriod, SchoolYear
from preau.structure.queries import forms_in_use

from ..models import CompetenceRule
from .numbers import percent


class SchemeForm(ModelForm):
    """A scheme: how grades become results, for whom, from which period on."""

    starts_with = forms.ModelChoiceField(
        label=_("Applies from"), queryset=ReportPeriod.objects.none(), empty_label=None
    )
    simulate = forms.BooleanField(required=False)
    """The button that tries the scheme out."""

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
        self.categories = [
            self._category(category)
            for category in Category.objects.filter(component=Category.Component.DAILY_WORK)
        ]
        self.tokens = [self._token(token) for token in Token.objects.all()]

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
        self.fields[name] = NumberField(
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
    def is_tried_out(self) -> bool:
        """Say whether it is understood, and only to be tried out."""
        return self.is_bound and is_understood(self) and self.cleaned_data["simulate"]

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "facts": self._fields_of_scheme,
            "categories": self.category_weights,
            "tokens": self.token_effects,
            "starts_on": self.cleaned_data["starts_with"].starts_on,
        }

    @property
    def _fields_of_scheme(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def proposed(self) -> Scheme:
        """Return the scheme as it would be, without keeping it."""
        proposed = Scheme(**self._fields_of_scheme)
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


class CompetenceRuleForm(forms.Form):
    """How evaluations of a competence become one level under a scheme."""

    scale = forms.ModelChoiceField(label=_("Levels of"), queryset=Scale.objects.all(), empty_label=None)
    method = forms.ChoiceField(
        label=_("Level shown"), choices=CompetenceRule.Method.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = CompetenceRule.objects.filter(scheme=scheme).first()
        scale = rule.scale_id if rule else (Scale.objects.values_list("pk", flat=True).first())
        self.initial["scale"] = scale
        self.initial["method"] = rule.method if rule else CompetenceRule.Method.MODE
        least = dict(rule.thresholds.values_list("level", "at_least")) if rule else {}
        levels = [level for level in levels_of(scale) if level.is_rated][:-1]
        self.least = [self._least(level, least.get(level.pk)) for level in levels]

    def _least(self, level: Level, value: Decimal | None) -> forms.BoundField:
        name = f"least-{level.pk}"
        label = _("%(code)s or better, in percent of the evaluations") % {"code": level.code}
        self.fields[name] = percent(label)
        self.initial[name] = value
        return self[name]

    @property
    def facts(self) -> dict[str, Any]:
        scale, method = self.cleaned_data["scale"], self.cleaned_data["method"]
        return {"scale_id": scale.pk, "method": method, "thresholds": self.thresholds}

    @property
    def thresholds(self) -> dict[int, Decimal]:
        """Return the thresholds typed for levels of the chosen scale, by key."""
        levels = {level.pk for level in levels_of(self.cleaned_data["scale"].pk)}
        typed = {
            int(name.removeprefix("least-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("least-") and value is not None
        }
        return {key: value for key, value in typed.items() if key in levels}

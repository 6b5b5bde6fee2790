"""Tables of lines: the levels of a scale, the competences of a subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.grading.models import Level, Scale
from preau.grading.queries import levels_of
from preau.structure.models import Course

from .numbers import percent


class ScaleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)

    def __init__(self, *args: Any, scale: Scale | None = None, **kwargs: Any) -> None:
        self.scale = scale
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Scale.objects.filter(name__iexact=name)
        if any(it != self.scale for it in others):
            raise forms.ValidationError(_("There is a scale of that name already: choose another."))
        return name


class LevelForm(forms.Form):
    """One level of a scale. A line whose code is emptied goes."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(label=_("Code"), max_length=6, required=False)
    label = forms.CharField(label=_("Meaning"), max_length=60, required=False)
    share = percent(_("Worth, in percent"))
    from_percent = percent(_("Reached from, in percent"))
    is_rated = forms.BooleanField(label=_("Counts"), required=False, initial=True)
    icon = forms.ChoiceField(label=_("Picture"), choices=Level.Icon.choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("code") and not cleaned.get("label"):
            self.add_error("label", _("Say what the code means."))
        return cleaned


class Lines(forms.BaseFormSet):
    """Lines of a table, each with a code of its own; a line without a code is left out."""

    def clean(self) -> None:
        codes = [line.cleaned_data.get("code", "").upper() for line in self.forms if line.is_valid()]
        twice = next((code for code in codes if code and codes.count(code) > 1), "")
        if twice:
            raise forms.ValidationError(_("“%(code)s” stands twice."), params={"code": twice})


def lines_of(formset: forms.BaseFormSet) -> list[dict[str, Any]]:
    """Return what was typed, line by line, in the order of their numbers."""
    typed = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("code")]
    return sorted(typed, key=lambda line: (line.get("ORDER") is None, line.get("ORDER") or 0))


LevelLines = forms.formset_factory(LevelForm, formset=Lines, extra=2, can_order=True, max_num=20)


def level_lines(scale: Scale | None) -> list[dict[str, Any]]:
    """Return the lines of a scale as its form begins with them."""
    names = ("pk", "code", "label", "share", "from_percent", "is_rated", "icon")
    levels = levels_of(scale.pk) if scale else []
    return [{name: getattr(level, name) for name in names} for level in levels]


class CompetenceForm(forms.Form):
    """One competence of a subject. A line whose code is emptied ends."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(label=_("Code"), max_length=8, required=False)
    name = forms.CharField(label=_("Competence"), max_length=160, required=False)
    course = forms.TypedChoiceField(label=_("Only in"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, courses: Sequence[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("", _("all courses")), *((it.pk, f"{it.name} ({it.code})") for it in courses)]
        self.fields["course"].choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("code") and not cleaned.get("name"):
            self.add_error("name", _("Say in a few words what pupils learn to do."))
        return cleaned


CompetenceLines = forms.formset_factory(CompetenceForm, formset=Lines, extra=3, can_order=True, max_num=60)

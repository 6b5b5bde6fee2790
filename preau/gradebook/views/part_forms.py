"""What the head and teachers fill in about scales, competences, rubrics and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.grading.models import Level, Scale, Scheme
from preau.grading.queries import levels_of, scales
from preau.structure.models import Course

from ..actions import AskedCriterion, AskedPart
from ..forms import CommaDecimalField
from ..models import AssessedCompetence, Assessment, Competence, CompetenceRule, Rubric
from ..queries import RubricTable, rubric_table

MOST_CRITERIA, MOST_LEVELS = 12, 6
FIRST_LEVELS = (_("insufficient"), _("satisfactory"), _("good"), _("excellent"))


def _percent(label: Any) -> CommaDecimalField:
    return CommaDecimalField(
        label=label,
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=Decimal(100),
        required=False,
    )


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
    share = _percent(_("Worth, in percent"))
    from_percent = _percent(_("Reached from, in percent"))
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


class PartsForm(forms.Form):
    """The competences an assessment looks at: for each, points or a scale, or neither."""

    adds_up = forms.BooleanField(
        label=_("The grade is the sum of the points"),
        required=False,
        help_text=_("It appears once all the points of a pupil are typed. Levels do not add up."),
    )

    def __init__(
        self, *args: Any, assessment: Assessment, competences: list[Competence], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        there = {it.competence_id: it for it in assessment.parts.all()}
        self.initial["adds_up"] = assessment.composition == Assessment.Composition.COMPETENCES
        self.competences = competences
        self.lines = [self._line(it, there.get(it.pk)) for it in competences]

    def _line(self, competence: Competence, part: AssessedCompetence | None) -> dict[str, Any]:
        points, scale = f"points-{competence.pk}", f"scale-{competence.pk}"
        self.fields[points] = CommaDecimalField(
            label=_("Out of"), max_digits=6, decimal_places=2, min_value=Decimal("0.01"), required=False
        )
        self.fields[scale] = forms.TypedChoiceField(
            label=_("Scale"),
            choices=[("", "–"), *((it.pk, it.name) for it in scales())],
            coerce=int,
            empty_value=None,
            required=False,
        )
        self.initial[points] = part and part.max_points
        self.initial[scale] = part and part.scale_id
        return {"competence": competence, "points": self[points], "scale": self[scale]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for it in self.competences:
            if cleaned.get(f"points-{it.pk}") and cleaned.get(f"scale-{it.pk}"):
                self.add_error(f"scale-{it.pk}", _("Choose points or a scale, not both."))
        return cleaned

    @property
    def parts(self) -> list[AskedPart]:
        """Return what was asked, in the order of the competences."""
        found = []
        for it in self.competences:
            points, scale = self.cleaned_data[f"points-{it.pk}"], self.cleaned_data[f"scale-{it.pk}"]
            if points or scale:
                found.append(AskedPart(it.pk, points, scale))
        return found


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
        levels = [it for it in levels_of(scale) if it.is_rated][:-1]
        self.least = [self._least(level, least.get(level.pk)) for level in levels]

    def _least(self, level: Level, value: Decimal | None) -> forms.BoundField:
        name = f"least-{level.pk}"
        label = _("%(code)s or better, in percent of the evaluations") % {"code": level.code}
        self.fields[name] = _percent(label)
        self.initial[name] = value
        return self[name]

    @property
    def thresholds(self) -> dict[int, Decimal]:
        """Return the thresholds typed for levels of the chosen scale, by key."""
        levels = {it.pk for it in levels_of(self.cleaned_data["scale"].pk)}
        typed = {
            int(name.removeprefix("least-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("least-") and value is not None
        }
        return {key: value for key, value in typed.items() if key in levels}


class RubricForm(forms.Form):
    """A rubric: levels across, criteria down, words and points where they meet."""

    title = forms.CharField(label=_("Title"), max_length=100)

    def __init__(self, *args: Any, rubric: Rubric | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = rubric_table(rubric) if rubric else None
        self.initial["title"] = rubric.title if rubric else ""
        there = self.table
        across = min(max(len(there.levels) + 1 if there else 4, 4), MOST_LEVELS)
        down = min(max(len(there.lines) + 2 if there else 4, 4), MOST_CRITERIA)
        self.levels = [self._text(f"level-{at}", 40, self._level(at)) for at in range(across)]
        self.lines = [self._line(at, across, there) for at in range(down)]

    def _level(self, at: int) -> str:
        if self.table is None:
            return str(FIRST_LEVELS[at])
        return self.table.levels[at].label if at < len(self.table.levels) else ""

    def _text(self, name: str, most: int, value: str, rows: int = 0) -> forms.BoundField:
        seen = {"rows": rows, "placeholder": _("what one sees")}
        widget = forms.Textarea(attrs=seen) if rows else forms.TextInput
        self.fields[name] = forms.CharField(max_length=most, required=False, widget=widget)
        self.initial[name] = value
        return self[name]

    def _line(self, at: int, across: int, there: RubricTable | None) -> dict[str, Any]:
        line = there.lines[at] if there and at < len(there.lines) else None
        title = self._text(f"criterion-{at}", 100, line.criterion.title if line else "")
        cells = []
        for column in range(across):
            known = line.cells[column] if line and column < len(line.cells) else None
            points = f"points-{at}-{column}"
            self.fields[points] = CommaDecimalField(
                max_digits=5,
                decimal_places=2,
                min_value=Decimal(0),
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "placeholder": _("points")}),
            )
            self.initial[points] = known.points if known else None
            text = self._text(f"text-{at}-{column}", 300, known.text if known else "", rows=3)
            cells.append({"text": text, "points": self[points], "level": self.levels[column]})
        return {"title": title, "cells": cells, "number": at + 1}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for at in range(len(self.lines)):
            written = [
                column
                for column in range(len(self.levels))
                if cleaned.get(f"points-{at}-{column}") is not None or cleaned.get(f"text-{at}-{column}")
            ]
            if written and not cleaned.get(f"criterion-{at}"):
                self.add_error(f"criterion-{at}", _("Say what this line looks at."))
            for column in written:
                self._check_cell(cleaned, at, column)
        return cleaned

    def _check_cell(self, cleaned: Mapping[str, Any], at: int, column: int) -> None:
        if cleaned.get(f"points-{at}-{column}") is None:
            self.add_error(f"points-{at}-{column}", _("How many points?"))
        if not cleaned.get(f"level-{column}"):
            self.add_error(f"level-{column}", _("Name this level."))

    @property
    def columns(self) -> list[int]:
        return [at for at in range(len(self.levels)) if self.cleaned_data[f"level-{at}"]]

    @property
    def facts(self) -> dict[str, Any]:
        """Return the rubric as `actions.keep_rubric` takes it."""
        typed = self.cleaned_data
        return {
            "title": typed["title"],
            "levels": [typed[f"level-{at}"] for at in self.columns],
            "criteria": [
                AskedCriterion(
                    typed[f"criterion-{at}"],
                    [(typed[f"text-{at}-{it}"], typed[f"points-{at}-{it}"]) for it in self.columns],
                )
                for at in range(len(self.lines))
                if typed[f"criterion-{at}"]
            ],
        }


class RubricChoiceForm(forms.Form):
    rubric = forms.ModelChoiceField(
        label=_("Rubric"), queryset=Rubric.objects.all(), required=False, empty_label=_("no rubric")
    )


class AttachmentForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(
            attrs={"accept": ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.png,.jpg,.jpeg,.webp"}
        ),
        help_text=_("PDF, office document or picture, 10 MB at most."),
    )

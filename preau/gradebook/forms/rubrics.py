"""What a teacher fills in about rubrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit.fields import CountField, NumberField

from ..actions import AskedCriterion
from ..models import Rubric, RubricFilling
from ..queries import RubricLine, RubricTable, rubric_table

MOST_CRITERIA, MOST_LEVELS = 12, 6
FIRST_LEVELS = (_("insufficient"), _("satisfactory"), _("good"), _("excellent"))


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
        self.fields[name] = forms.CharField(label="", max_length=most, required=False, widget=widget)
        self.initial[name] = value
        return self[name]

    def _line(self, at: int, across: int, there: RubricTable | None) -> dict[str, Any]:
        line = there.lines[at] if there and at < len(there.lines) else None
        title = self._text(f"criterion-{at}", 100, line.criterion.title if line else "")
        cells = []
        for column in range(across):
            known = line.cells[column] if line and column < len(line.cells) else None
            points = f"points-{at}-{column}"
            self.fields[points] = NumberField(
                label="",
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
                    [
                        (typed[f"text-{at}-{column}"], typed[f"points-{at}-{column}"])
                        for column in self.columns
                    ],
                )
                for at in range(len(self.lines))
                if typed[f"criterion-{at}"]
            ],
        }


class RubricChoiceForm(forms.Form):
    rubric = forms.ModelChoiceField(
        label=_("Rubric"), queryset=Rubric.objects.all(), required=False, empty_label=_("no rubric")
    )


class FillingForm(forms.Form):
    """The level a pupil reached in each criterion of a rubric."""

    version = CountField(widget=forms.HiddenInput)
    next = forms.BooleanField(required=False)

    def __init__(self, *args: Any, table: RubricTable, filling: RubricFilling | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.initial["version"] = filling.version if filling else 0
        for line in table.lines:
            descriptors = {str(cell.pk): cell for cell in line.cells if cell}
            self.fields[_criterion(line)] = forms.TypedChoiceField(
                label=line.criterion.title,
                choices=[(key, key) for key in descriptors],
                coerce=descriptors.__getitem__,
                empty_value=None,
                required=False,
            )
            self.initial[_criterion(line)] = line.chosen

    @property
    def lines(self) -> list[RubricLine]:
        """Return the lines of the rubric, with what is chosen in the form."""
        chosen = ((line, str(self[_criterion(line)].value() or "")) for line in self.table.lines)
        return [replace(line, chosen=int(key) if key.isdecimal() else None) for line, key in chosen]

    @property
    def facts(self) -> dict[str, Any]:
        chosen = {line.criterion.pk: self.cleaned_data[_criterion(line)] for line in self.table.lines}
        return {
            "version": self.cleaned_data["version"],
            "chosen": {key: descriptor for key, descriptor in chosen.items() if descriptor},
        }


def _criterion(line: RubricLine) -> str:
    return f"criterion-{line.criterion.pk}"

"""The cells of a sheet: sent one by one as data, or all at once by a browser without scripts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http.request import QueryDict, RawPostDataException
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from preau.kit.fields import ModelForm, choose
from preau.kit.http import Request
from preau.kit.refusals import Refusal

from ..actions import AskedCell, SheetReport
from ..models import Grade, PastGrade
from ..typed import RefusedCell

MOST_CELLS = 2000


class CellsNotUnderstood(Refusal):
    words = _("These cells are not understood. Load the page again, and type them there.")


def cells_sent(request: Request) -> list[AskedCell]:
    """
    Return the cells that a grid sends as data: `{"cells": [[assessment, pupil, version, typed], …]}`.

    :raises CellsNotUnderstood: when it is anything else
    """
    try:
        return AskedCell.several(json.loads(request.body), at_most=MOST_CELLS)
    except (ValueError, RecursionError, RawPostDataException) as error:
        raise CellsNotUnderstood from error


class CellsForm(forms.Form):
    """The cells of a page, in fields named `assessment.pupil.version`."""

    data: QueryDict

    def clean(self) -> dict[str, Any]:
        sent = [(name, set(texts)) for name, texts in self.data.lists() if "." in name]
        if not sent or any(len(texts) > 1 for _name, texts in sent):
            raise forms.ValidationError(CellsNotUnderstood.words)
        try:
            return {"asked": [AskedCell.named(name, text) for name, (text,) in sent]}
        except ValueError as error:
            raise forms.ValidationError(CellsNotUnderstood.words) from error

    def give_back(
        self, report: SheetReport, names: Mapping[tuple[int, int], str]
    ) -> Mapping[tuple[int, int], RefusedCell]:
        """
        Say which cells are not kept, and why; return them.

        :param names: of cells, by their place: whose each is, and what for
        """
        if not report.refused:
            return report.refused
        count = len(report.refused)
        told = ngettext("%(count)s cell is not kept:", "%(count)s cells are not kept:", count)
        self.add_error(None, told % {"count": count})
        for place, cell in report.refused.items():
            name, typed = names.get(place, ""), cell.typed.strip()
            self.add_error(None, f"{name} – {typed} – {cell.words}" if name else f"{typed} – {cell.words}")
        if report.written:
            self.add_error(None, _("What is not marked is kept."))
        return report.refused


class RestorationForm(forms.Form):
    """Which of all that a grade has been is to stand again."""

    version = forms.ModelChoiceField(PastGrade.objects.none(), to_field_name="version")

    def __init__(self, *args: Any, grade: Grade, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "version", grade.past.all())

    @property
    def facts(self) -> dict[str, int]:
        return {"version": self.cleaned_data["version"].version}


class RemarkForm(ModelForm):
    """A short remark beside a grade."""

    class Meta:
        model = Grade
        fields = ("remark",)
        labels = {"remark": _("Remark for the pupil and the parents")}
        widgets = {"remark": forms.Textarea(attrs={"rows": 2})}

"""What a teacher fills in about the competences an assessment looks at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.grading.queries import scales

from ..actions import AskedPart
from ..models import AssessedCompetence, Assessment, Competence
from .numbers import CommaDecimalField


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

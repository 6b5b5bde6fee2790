"""What a teacher fills in about the competences an assessment looks at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.grading.queries import scales
from preau.kit.fields import NumberField

from ..actions import AskedPart
from ..models import AssessedCompetence, Assessment, Competence
from ..queries import competences_of


class PartsForm(forms.Form):
    """The competences an assessment looks at: for each, points or a scale, or neither."""

    adds_up = forms.BooleanField(
        label=_("The grade is the sum of the points"),
        required=False,
        help_text=_("It appears once all the points of a pupil are typed. Levels do not add up."),
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {part.competence_id: part for part in assessment.parts.all()}
        self.initial["adds_up"] = assessment.composition == Assessment.Composition.COMPETENCES
        self.competences = list(competences_of(assessment.group.course, assessment.held_on))
        self.scales = [("", "–"), *((scale.pk, scale.name) for scale in scales())]
        self.lines = [self._line(competence, known.get(competence.pk)) for competence in self.competences]

    def _line(self, competence: Competence, part: AssessedCompetence | None) -> dict[str, Any]:
        points, scale = _names(competence)
        self.fields[points] = NumberField(
            label=_("Out of"), max_digits=6, decimal_places=2, min_value=Decimal("0.01"), required=False
        )
        self.fields[scale] = forms.TypedChoiceField(
            label=_("Scale"), choices=self.scales, coerce=int, empty_value=None, required=False
        )
        self.initial[points] = part and part.max_points
        self.initial[scale] = part and part.scale_id
        return {"competence": competence, "points": self[points], "scale": self[scale]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for points, scale in map(_names, self.competences):
            if cleaned.get(points) and cleaned.get(scale):
                self.add_error(scale, _("Choose points or a scale, not both."))
        return cleaned

    @property
    def parts(self) -> list[AskedPart]:
        """Return what was asked, in the order of the competences."""
        asked = [
            AskedPart(competence.pk, *(self.cleaned_data[name] for name in _names(competence)))
            for competence in self.competences
        ]
        return [part for part in asked if part.max_points or part.scale_id]

    @property
    def facts(self) -> dict[str, Any]:
        return {"parts": self.parts, "adds_up": self.cleaned_data["adds_up"]}


def _names(competence: Competence) -> tuple[str, str]:
    """Return the names of the fields of a competence: its points, its scale."""
    return f"points-{competence.pk}", f"scale-{competence.pk}"

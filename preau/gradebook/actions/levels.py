"""Assessments graded in the levels of a scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal

from ..models import Assessment, Grade


class OtherGradesThere(Refusal):
    field = "scale"
    words = _("Grades are typed already: empty them before you change what the assessment is graded in.")


class PartsDecide(Refusal):
    field = "max_points"
    words = _("The maximum is the sum of the parts: change those.")


def follow_scale(assessment: Assessment, facts: Mapping[str, Any]) -> None:
    """
    Let the grades of an assessment follow when what it is graded in, or its maximum, changes.

    :raises OtherGradesThere: when grades are typed and the scale would change
    :raises PartsDecide: when the maximum is the sum of its parts and would change
    """
    out_of = facts.get("max_points", assessment.max_points)
    scale = facts.get("scale", assessment.scale)
    if scale != assessment.scale and Grade.objects.filter(assessment=assessment).written().exists():
        raise OtherGradesThere
    if assessment.composition and (out_of != assessment.max_points or scale is not None):
        raise PartsDecide
    if scale is not None and out_of != assessment.max_points:
        for level in scale.levels.all():
            Grade.objects.filter(assessment=assessment, level=level).update(points=level.points_of(out_of))

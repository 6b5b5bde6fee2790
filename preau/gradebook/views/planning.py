"""Planning an assessment: what the day already holds, and beginning from an earlier one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from preau.kit import slots
from preau.kit.access import reaches
from preau.kit.acts import show
from preau.kit.http import Request
from preau.structure.addresses import number_or_none, period_or_404
from preau.structure.models import CourseGroup

from .. import queries
from ..models import Assessment
from ..places import NEW_ASSESSMENT, PlannedDay
from ..rules import may_grade, may_keep_gradebook
from .finding import page_or_part


@require_safe
@reaches(may_keep_gradebook, group=CourseGroup)
def day_load(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    """Tell what pupils of the group already have on a day, and what else one should know of it."""
    period = period_or_404(group, period_id)
    known = {"group": group, "period": period, **day_of(request, group, request.GET.get("held_on", ""))}
    return show(request, page_or_part(request, "gradebook/day_load.html", "load"), **known)


def day_of(request: Request, group: CourseGroup, written: str) -> dict[str, Any]:
    """Return what the day written means for the group: sentences, and pieces of the apps above."""
    try:
        day = parse_date(written)
    except ValueError:
        day = None
    if day is None:
        return {"day": None, "sentences": [], "pieces": []}
    but = number_or_none(request.GET.get("but"))
    return {
        "day": day,
        "sentences": queries.overload_in_words(group, day, but=but),
        "pieces": pieces_of(request, group, day),
    }


def pieces_of(request: Request, group: CourseGroup, day: date) -> list[str]:
    """Return what the apps above say of a group on a day."""
    return slots.pieces(NEW_ASSESSMENT, request, PlannedDay(group, day))


def warn_of_load(request: Request, assessment: Assessment) -> None:
    """Say what the day already holds, once an assessment is kept: it never blocks."""
    for sentence in queries.overload_in_words(assessment.group, assessment.held_on, but=assessment.pk):
        messages.warning(request, sentence)


def begun_from(request: Request) -> Assessment | None:
    """Return the earlier assessment one begins from, among those one keeps."""
    key = number_or_none(request.GET.get("like"))
    mine = may_grade.among(Assessment.objects.select_related("category"), request.person)
    return mine.filter(pk=key).first() if key else None

"""Saving cells as they are typed, and telling what they were before."""

import json

from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from preau.kit import clock
from preau.kit.access import reaches
from preau.kit.http import Request
from preau.structure.models import CourseGroup

from .. import actions, queries
from ..models import Assessment
from ..rules import may_keep_gradebook, may_read_assessment
from .finding import member_or_404, period_or_404

MOST_CELLS = 2000


@require_POST
@reaches(may_keep_gradebook, group=CourseGroup)
def cells(request: Request, group, period_id: int) -> HttpResponse:
    """Write some cells and comments; answer for each how it stands now."""
    period = period_or_404(group, period_id)
    try:
        asked = actions.AskedCell.several(json.loads(request.body), at_most=MOST_CELLS)
    except ValueError:
        return HttpResponseBadRequest()
    answers = actions.write_cells(group=group, period=period, asked=asked, by=request.person, at=clock.now())
    return JsonResponse({"cells": answers})


@require_GET
@reaches(may_read_assessment, assessment=Assessment)
def history(request: Request, assessment, pupil_id: int) -> HttpResponse:
    """Show all that a grade has been: who, when, from what to what, and why."""
    pupil = member_or_404(assessment.group, assessment.period, pupil_id)
    grade = queries.history_of(assessment, pupil.pk)
    context = {"assessment": assessment, "pupil": pupil, "grade": grade}
    return render(request, "gradebook/history.html", context)

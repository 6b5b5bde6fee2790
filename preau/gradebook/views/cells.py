"""Saving cells as they are typed, and telling what they were before."""

import json

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from preau.grading.queries import Schemes
from preau.kit import clock, slots
from preau.kit.access import reaches
from preau.kit.http import Request
from preau.structure.models import CourseGroup

from .. import actions, queries
from ..drawing import answer_as_data
from ..models import Assessment, Grade
from ..places import CELL, CellPlace
from ..rules import may_grade, may_keep_gradebook, may_read_assessment
from .finding import member_or_404, number_or_404, page_or_part, period_or_404

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
    plan = Schemes(period.starts_on).for_course(group.course).plan
    return JsonResponse({"cells": [answer_as_data(answer, plan) for answer in answers]})


@require_GET
@reaches(may_read_assessment, assessment=Assessment)
def history(request: Request, assessment, pupil_id: int) -> HttpResponse:
    """Show all that a grade has been: who, when, from what to what, and why."""
    pupil = member_or_404(assessment.group, assessment.period, pupil_id)
    grade = queries.history_of(assessment, pupil.pk)
    context = {
        "assessment": assessment,
        "pupil": pupil,
        "grade": grade,
        "keeps": may_grade.allows(request.person, assessment),
        "pieces": slots.pieces(CELL, request, CellPlace(assessment, pupil)),
    }
    return render(request, page_or_part(request, "gradebook/history.html", "past"), context)


@require_POST
@reaches(may_grade, assessment=Assessment)
def restoration(request: Request, assessment, pupil_id: int) -> HttpResponse:
    """Write again what stood in a cell before."""
    pupil = member_or_404(assessment.group, assessment.period, pupil_id)
    grade = get_object_or_404(Grade, assessment=assessment, pupil=pupil)
    past = get_object_or_404(grade.past, version=number_or_404(request.POST.get("version")))
    actions.restore_grade(grade=grade, version=past.version, by=request.person, at=clock.now())
    messages.info(request, _("The grade of %(name)s is what it was.") % {"name": pupil.full_name})
    return redirect("gradebook:sheet", assessment.group_id, assessment.period_id)


@require_POST
@reaches(may_grade, assessment=Assessment)
def remark(request: Request, assessment, pupil_id: int) -> HttpResponse:
    """Write a short remark beside a grade, for the pupil and the parents."""
    pupil = member_or_404(assessment.group, assessment.period, pupil_id)
    actions.write_remark(
        assessment=assessment,
        pupil=pupil,
        remark=request.POST.get("remark", ""),
        by=request.person,
        at=clock.now(),
    )
    messages.info(request, _("The remark for %(name)s is kept.") % {"name": pupil.full_name})
    return redirect("gradebook:sheet", assessment.group_id, assessment.period_id)

"""The competences of one assessment: choosing them, and typing what each pupil reached."""

import json

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.kit import clock
from preau.kit.access import reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request

from .. import actions, queries
from ..forms.parts import PartsForm
from ..forms.rubrics import RubricChoiceForm
from ..models import Assessment
from ..rules import may_grade, may_read_assessment
from .cells import MOST_CELLS
from .finding import member_or_404, page_or_part


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_grade, assessment=Assessment)
def parts(request: Request, assessment) -> HttpResponse:
    """Say which competences an assessment looks at, or with which rubric it is graded."""
    there = list(queries.competences_of(assessment.group.course, assessment.held_on))
    form = PartsForm(request.POST or None, assessment=assessment, competences=there)
    if done(form, lambda typed: _choose(request, assessment, form)):
        return redirect("gradebook:part_marks" if form.parts else "gradebook:parts", assessment.pk)
    rubric = queries.rubric_of(assessment)
    context = {
        "form": form,
        "assessment": assessment,
        "competences": there,
        "rubric": rubric,
        "rubric_form": RubricChoiceForm(initial={"rubric": rubric}),
    }
    return render(request, "gradebook/competence_parts.html", context, status=status_of(form))


def _choose(request: Request, assessment: Assessment, form: PartsForm) -> None:
    actions.choose_parts(
        assessment=assessment,
        parts=form.parts,
        adds_up=form.cleaned_data["adds_up"],
        by=request.person,
        at=clock.now(),
    )


@require_GET
@reaches(may_grade, assessment=Assessment)
def marks(request: Request, assessment) -> HttpResponse:
    """Show pupils by competences, to type in."""
    return render(request, "gradebook/competence_marks.html", {"page": queries.parts_page(assessment)})


@require_POST
@reaches(may_grade, assessment=Assessment)
def cells(request: Request, assessment) -> HttpResponse:
    """Write some cells; answer for each how it stands now."""
    try:
        asked = actions.AskedCell.several(json.loads(request.body), at_most=MOST_CELLS)
    except ValueError:
        return HttpResponseBadRequest()
    answers = actions.write_parts(assessment=assessment, asked=asked, by=request.person, at=clock.now())
    return JsonResponse({"cells": answers})


@require_POST
@reaches(may_grade, assessment=Assessment)
def whole(request: Request, assessment) -> HttpResponse:
    """Write the whole page sent by a browser without scripts."""
    report = actions.write_whole_parts(
        assessment=assessment, typed=request.POST.dict(), by=request.person, at=clock.now()
    )
    for problem in report.problems:
        messages.error(request, problem)
    if report.written:
        messages.info(request, _("%(count)s cells are kept.") % {"count": report.written})
    return redirect("gradebook:part_marks", assessment.pk)


@require_GET
@reaches(may_grade, assessment=Assessment)
def changes(request: Request, assessment) -> HttpResponse:
    """Tell what has changed on the page since the stamp one has seen."""
    if request.GET.get("seen") == queries.parts_stamp(assessment):
        return HttpResponse(status=204)
    return JsonResponse(queries.parts_as_data(queries.parts_page(assessment)))


@require_GET
@reaches(may_read_assessment, assessment=Assessment)
def sub_history(request: Request, assessment, pupil_id: int) -> HttpResponse:
    """Show all that the sub-grades of a pupil have been."""
    pupil = member_or_404(assessment.group, assessment.period, pupil_id)
    context = {
        "assessment": assessment,
        "pupil": pupil,
        "sub_grades": queries.sub_history(assessment, pupil.pk),
    }
    return render(request, page_or_part(request, "gradebook/competence_history.html", "past"), context)

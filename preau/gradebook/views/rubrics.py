"""Rubrics: making them, grading with them, reading what one was graded."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request

from .. import actions, queries
from ..forms.rubrics import RubricChoiceForm, RubricForm
from ..models import Assessment, Rubric, RubricFilling
from ..rules import may_grade, may_keep_rubric, may_keep_scales, may_read_filling, may_use_rubrics
from .finding import member_or_404, number_or_none, rubric_or_404


@require_GET
@opens(may_use_rubrics)
def rubrics(request: Request) -> HttpResponse:
    leads = may_keep_scales.admits(request.person)
    context = {
        "rubrics": queries.rubrics_known()[:300],
        "leads": leads,
        "tabs": queries.competence_tabs("rubrics", with_scales=leads),
    }
    return render(request, "gradebook/rubrics.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@opens(may_use_rubrics)
def new_rubric(request: Request) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_keep_rubric, rubric=Rubric)
def rubric(request: Request, rubric) -> HttpResponse:
    return _form(request, rubric)


def _form(request: Request, rubric: Rubric | None) -> HttpResponse:
    form = RubricForm(request.POST or None, rubric=rubric)
    if done(form, lambda typed: _keep(request, rubric, form)):
        messages.info(request, _("The rubric is kept: choose it on the page of an assessment."))
        return redirect("gradebook:rubrics")
    context = {"form": form, "rubric": rubric}
    return render(request, "gradebook/rubric.html", context, status=status_of(form))


def _keep(request: Request, rubric: Rubric | None, form: RubricForm) -> None:
    actions.keep_rubric(rubric=rubric, by=request.person, at=clock.now(), **form.facts)


@require_POST
@reaches(may_use_rubrics, rubric=Rubric)
def copy(request: Request, rubric) -> HttpResponse:
    """Make a rubric of one's own out of a colleague's."""
    made = actions.copy_rubric(rubric=rubric, by=request.person, at=clock.now())
    return redirect("gradebook:rubric", made.pk)


@require_POST
@reaches(may_grade, assessment=Assessment)
def attachment(request: Request, assessment) -> HttpResponse:
    """Grade an assessment with a rubric, or no longer."""
    form = RubricChoiceForm(request.POST)
    chosen = form.cleaned_data["rubric"] if form.is_valid() else None
    actions.attach_rubric(assessment=assessment, rubric=chosen, by=request.person, at=clock.now())
    return redirect("gradebook:fillings" if chosen else "gradebook:parts", assessment.pk)


@require_GET
@reaches(may_grade, assessment=Assessment)
def fillings(request: Request, assessment) -> HttpResponse:
    """List the pupils of an assessment with how far their rubric is."""
    context = {
        "assessment": assessment,
        "table": queries.rubric_table(rubric_or_404(assessment)),
        "lines": queries.filling_lines(assessment),
    }
    return render(request, "gradebook/rubric_pupils.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_grade, assessment=Assessment)
def fill(request: Request, assessment, pupil_id: int) -> HttpResponse:
    """Fill in the rubric of one pupil, and go on to the next."""
    pupil, known = member_or_404(assessment.group, assessment.period, pupil_id), rubric_or_404(assessment)
    following = queries.next_pupil(assessment, pupil)
    if request.method == "POST":
        named = [value for name, value in request.POST.items() if name.startswith("criterion-")]
        actions.fill_rubric(
            assessment=assessment,
            pupil=pupil,
            chosen=queries.descriptors_named(known, named),
            version=number_or_none(request.POST.get("version")) or 0,
            by=request.person,
            at=clock.now(),
        )
        if following and "next" in request.POST:
            return redirect("gradebook:fill", assessment.pk, following.pk)
        return redirect("gradebook:fillings", assessment.pk)
    filling = queries.filling_of(assessment, pupil.pk)
    context = {
        "assessment": assessment,
        "pupil": pupil,
        "next": following,
        "filling": filling,
        "table": queries.rubric_table(known, filling),
    }
    return render(request, "gradebook/rubric_fill.html", context)


@require_GET
@reaches(may_read_filling, filling=RubricFilling)
def filling(request: Request, filling) -> HttpResponse:
    """Read how one was graded, criterion by criterion."""
    known = rubric_or_404(filling.assessment)
    context = {"filling": filling, "table": queries.rubric_table(known, filling), "pupil": filling.pupil}
    return render(request, "gradebook/rubric_read.html", context)

"""Assessments: planning, changing, publishing; and one assessment at a time, for a phone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.grading.queries import levels_of
from preau.kit import clock, slots
from preau.kit.access import reaches
from preau.kit.http import Request
from preau.structure.models import CourseGroup

from .. import actions, queries
from ..forms.assessments import AssessmentForm, PublicationForm
from ..models import Assessment
from ..places import PUPILS
from ..rules import may_grade, may_keep_gradebook
from .finding import period_or_404
from .planning import day_of, earlier_of, pieces_of, warn_of_load


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_keep_gradebook, group=CourseGroup)
def new_assessment(request: Request, group, period_id: int) -> HttpResponse:
    period, earlier = period_or_404(group, period_id), earlier_of(request)
    usual = queries.as_begun_from(earlier) if earlier else queries.usual_assessment(group)
    form = AssessmentForm(request.POST or None, period=period, initial=usual)
    if form.is_valid():
        planned = actions.plan_assessment(
            group=group, period=period, by=request.person, at=clock.now(), like=earlier, **form.cleaned_data
        )
        warn_of_load(request, planned)
        return redirect("gradebook:sheet", group.pk, period.pk)
    context = {
        "form": form,
        "group": group,
        "period": period,
        "earlier": queries.earlier_assessments(group, request.person),
        "begun_from": earlier,
        **day_of(request, group, str(form["held_on"].value() or "")),
    }
    return render(request, "gradebook/assessment_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_grade, assessment=Assessment)
def settings(request: Request, assessment) -> HttpResponse:
    form = AssessmentForm(
        request.POST or None, instance=Assessment.objects.get(pk=assessment.pk), period=assessment.period
    )
    if form.is_valid():
        actions.change_assessment(
            assessment=assessment, by=request.person, at=clock.now(), **form.cleaned_data
        )
        if "held_on" in form.changed_data:
            warn_of_load(request, assessment)
        return redirect("gradebook:sheet", assessment.group_id, assessment.period_id)
    context = {
        "form": form,
        "assessment": assessment,
        "group": assessment.group,
        "period": assessment.period,
        "publication": queries.publication_of(assessment),
        "parallel": queries.parallel_groups(assessment.group, request.person),
        "parts": queries.parts_of(assessment),
        "rubric": queries.rubric_of(assessment),
        "statement": queries.statement_of(assessment),
        "pieces": pieces_of(request, assessment.group, assessment.held_on),
    }
    return render(request, "gradebook/assessment_form.html", context, status=422 if form.errors else 200)


@require_GET
@reaches(may_grade, assessment=Assessment)
def assessment(request: Request, assessment) -> HttpResponse:
    """Show one assessment, pupil under pupil: big keys for a phone, and a plain form without scripts."""
    return render(
        request,
        "gradebook/assessment.html",
        {
            "sheet": queries.column_of(assessment),
            "assessment": assessment,
            "levels": levels_of(assessment.scale_id),
            "pieces": slots.pieces_by_key(PUPILS, request, assessment.group),
        },
    )


@require_POST
@reaches(may_grade, assessment=Assessment)
def place(request: Request, assessment) -> HttpResponse:
    """Move the column of an assessment one place to the left or to the right."""
    steps = -1 if request.POST.get("to") == "left" else 1
    actions.place_assessment(assessment=assessment, steps=steps, by=request.person, at=clock.now())
    return redirect("gradebook:sheet", assessment.group_id, assessment.period_id)


@require_POST
@reaches(may_grade, assessment=Assessment)
def copies(request: Request, assessment) -> HttpResponse:
    """Plan the same assessment in parallel groups that one keeps too."""
    parallel = queries.parallel_groups(assessment.group, request.person)
    chosen = [group for group in parallel if str(group.pk) in request.POST.getlist("groups")]
    actions.copy_assessment(assessment=assessment, groups=chosen, by=request.person, at=clock.now())
    names = ", ".join(group.name for group in chosen) or _("no group")
    messages.info(
        request, _("“%(title)s” is planned in: %(groups)s.") % {"title": assessment.title, "groups": names}
    )
    return redirect("gradebook:sheet", assessment.group_id, assessment.period_id)


@require_POST
@reaches(may_grade, assessment=Assessment)
def publication(request: Request, assessment) -> HttpResponse:
    form = PublicationForm(request.POST)
    moment = form.cleaned_data["moment"] if form.is_valid() else None
    published = actions.publish_grades(
        assessment=assessment, moment=moment, by=request.person, at=clock.now()
    )
    if published.published_at > clock.now():
        words = _("“%(title)s” becomes visible on %(day)s.")
        day = date_format(localtime(published.published_at), "SHORT_DATETIME_FORMAT")
        messages.info(request, words % {"title": assessment.title, "day": day})
        return redirect("gradebook:sheet", assessment.group_id, assessment.period_id)
    if published.parents_at > published.published_at:
        words = _("Pupils can read “%(title)s” now; their parents from the moment the school has set.")
    else:
        words = _("Pupils and parents can read “%(title)s” now.")
    messages.info(request, words % {"title": assessment.title})
    return redirect("gradebook:sheet", assessment.group_id, assessment.period_id)


@require_POST
@reaches(may_grade, assessment=Assessment)
def withdrawal(request: Request, assessment) -> HttpResponse:
    actions.withdraw_publication(assessment=assessment, by=request.person, at=clock.now())
    messages.info(
        request, _("“%(title)s” is hidden from pupils and parents again.") % {"title": assessment.title}
    )
    return redirect("gradebook:sheet", assessment.group_id, assessment.period_id)


@require_POST
@reaches(may_grade, assessment=Assessment)
def neutralisation(request: Request, assessment) -> HttpResponse:
    actions.neutralise(assessment=assessment, by=request.person, at=clock.now())
    words = _("“%(title)s” is kept, and counts in no result any more.") % {"title": assessment.title}
    messages.info(request, words)
    return redirect("gradebook:sheet", assessment.group_id, assessment.period_id)


@require_POST
@reaches(may_grade, assessment=Assessment)
def reinstatement(request: Request, assessment) -> HttpResponse:
    actions.reinstate(assessment=assessment, by=request.person, at=clock.now())
    messages.info(request, _("“%(title)s” counts again.") % {"title": assessment.title})
    return redirect("gradebook:sheet", assessment.group_id, assessment.period_id)


@require_POST
@reaches(may_grade, assessment=Assessment)
def removal(request: Request, assessment) -> HttpResponse:
    group_id, period_id, title = assessment.group_id, assessment.period_id, assessment.title
    actions.remove_assessment(assessment=assessment, by=request.person, at=clock.now())
    messages.info(request, _("“%(title)s” is gone from the gradebook.") % {"title": title})
    return redirect("gradebook:sheet", group_id, period_id)

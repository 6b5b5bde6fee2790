"""Plans: found, made, changed, ended by those who keep them; opened by those who may read them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request
from preau.people.models import Person

from .. import actions, queries
from ..forms import AdjustmentForm, EndForm, NewPlanForm, PlanFilterForm, PlanForm, PupilSearchForm
from ..models import Adjustment, AdjustmentPlan
from ..rules import (
    may_keep_adjustment,
    may_keep_measures,
    may_keep_plan,
    may_keep_plans,
    may_plan_for,
    may_read_plan,
)

PAGE_SIZE = 50


@require_GET
@opens(may_keep_plans)
def plans(request: Request) -> HttpResponse:
    form = PlanFilterForm(request.GET or {"standing": queries.Standing.IN_FORCE})
    asked = form.asked
    lines = queries.plan_lines(queries.plans_found(request.person, **asked))
    if asked["standing"] == queries.Standing.UNREAD:
        lines = [line for line in lines if line.is_unread]
    context = {
        "form": form,
        "page": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page")),
        "keeps_measures": may_keep_measures.admits(request.person),
    }
    return render(request, "follow_up/plans.html", context)


@require_GET
@opens(may_keep_plans)
def new(request: Request) -> HttpResponse:
    """Look for the pupil who needs a plan."""
    form = PupilSearchForm(request.GET)
    context = {
        "form": form,
        "words": form.words,
        "pupils": queries.pupils_to_plan_for(request.person, form.words),
    }
    return render(request, "follow_up/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_plan_for, pupil=Person)
def plan_for(request: Request, pupil: Person) -> HttpResponse:
    form, made = NewPlanForm(request.POST or None), []

    def make(typed: dict) -> None:
        made.append(actions.make_plan(pupil=pupil, by=request.person, at=clock.now(), **typed))

    if request.method == "POST" and done(form, make):
        messages.success(request, _("%(name)s has a plan.") % {"name": pupil.full_name})
        return redirect("follow_up:plan", made[0].pk)
    context = {"form": form, "pupil": pupil}
    return render(request, "follow_up/plan_form.html", context, status=status_of(form))


@require_GET
@reaches(may_read_plan, plan=AdjustmentPlan)
def plan(request: Request, plan: AdjustmentPlan) -> HttpResponse:
    actions.note_opening(plan=plan, by=request.person, at=clock.now())
    return _page(request, plan)


def _page(request: Request, plan: AdjustmentPlan, *, adding=None, ending=None) -> HttpResponse:
    """Show a plan; with the forms of those who keep it, one of which may have come back."""
    context = {
        "page": queries.plan_page(plan, request.person),
        "adding": adding or AdjustmentForm(),
        "ending": ending or EndForm(),
    }
    template = (
        "follow_up/plan.html#plan" if request.htmx and request.method == "GET" else "follow_up/plan.html"
    )
    return render(request, template, context, status=status_of(*filter(None, (adding, ending))))


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_keep_plan, plan=AdjustmentPlan)
def change(request: Request, plan: AdjustmentPlan) -> HttpResponse:
    form = PlanForm.of(plan, request.POST or None)

    def keep(typed: dict) -> None:
        actions.change_plan(plan=plan, by=request.person, at=clock.now(), **typed)

    if request.method == "POST" and done(form, keep):
        messages.success(request, _("The plan of %(name)s is up to date.") % {"name": plan.pupil.full_name})
        return redirect("follow_up:plan", plan.pk)
    context = {"form": form, "pupil": plan.pupil, "plan": plan}
    return render(request, "follow_up/plan_form.html", context, status=status_of(form))


@require_POST
@reaches(may_keep_plan, plan=AdjustmentPlan)
def end(request: Request, plan: AdjustmentPlan) -> HttpResponse:
    form = EndForm(request.POST)

    def close(typed: dict) -> None:
        actions.end_plan(plan=plan, on=typed["on"], by=request.person, at=clock.now())

    if not done(form, close):
        return _page(request, plan, ending=form)
    day = date_format(form.cleaned_data["on"], "SHORT_DATE_FORMAT")
    words = _("From %(day)s the plan of %(name)s holds no longer, and teachers do not see it any more.")
    messages.success(request, words % {"day": day, "name": plan.pupil.full_name})
    return redirect("follow_up:plan", plan.pk)


@require_POST
@reaches(may_keep_plan, plan=AdjustmentPlan)
def adjustments(request: Request, plan: AdjustmentPlan) -> HttpResponse:
    """Put one more measure in a plan."""
    form = AdjustmentForm(request.POST)

    def adjust(typed: dict) -> None:
        actions.adjust(plan=plan, by=request.person, at=clock.now(), **typed)

    if not done(form, adjust):
        return _page(request, plan, adding=form)
    messages.success(request, _("The measure is in the plan: its teachers are asked to read it again."))
    return redirect("follow_up:plan", plan.pk)


@require_POST
@reaches(may_keep_adjustment, adjustment=Adjustment)
def removal(request: Request, adjustment: Adjustment) -> HttpResponse:
    plan_id, words = adjustment.plan_id, str(adjustment)
    actions.drop_adjustment(adjustment=adjustment, by=request.person, at=clock.now())
    messages.success(request, _("“%(measure)s” is no longer in the plan.") % {"measure": words})
    return redirect("follow_up:plan", plan_id)

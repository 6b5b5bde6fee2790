"""Plans: found, made, changed, ended by those who keep them; opened by those who may read them."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.lists import answer_list
from preau.kit.access import opens, reaches
from preau.kit.acts import act, act_door, done, form_door, go_on, moment_of, show, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive, sensitive_to_take
from preau.people.models import Person

from .. import actions, lists, queries
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


@require_safe
@sensitive_to_take
@opens(may_keep_plans)
def plans(request: Request) -> HttpResponseBase:
    form = PlanFilterForm(request.GET)
    return answer_list(
        request,
        lists.plans,
        queries.plans_found(request.person, **form.wanted),
        form=form,
        template="follow_up/plans.html",
        keeps_measures=may_keep_measures.admits(request.person),
    )


@require_safe
@opens(may_keep_plans)
def new(request: Request) -> HttpResponse:
    """Look for the pupil who needs a plan."""
    form = PupilSearchForm(request.GET)
    words = form.wanted.get("words", "")
    pupils = queries.pupils_to_plan_for(request.person, words)
    return show(request, "follow_up/new.html", form=form, words=words, pupils=pupils)


@form_door
@sensitive
@reaches(may_plan_for, pupil=Person)
def plan_for(request: Request, pupil: Person) -> HttpResponse:
    form = NewPlanForm(typed(request))
    if plan := done(request, form, actions.make_plan, pupil=pupil):
        words = _("%(name)s has a plan.") % {"name": pupil.full_name}
        return go_on(request, words, "follow_up:plan", plan.result.pk)
    return show(request, "follow_up/plan_form.html", form=form, pupil=pupil)


@require_safe
@reaches(may_read_plan, plan=AdjustmentPlan)
def plan(request: Request, plan: AdjustmentPlan) -> HttpResponse:
    actions.note_opening(plan=plan, by=request.person, at=moment_of(request))
    return _page(request, plan, "follow_up/plan.html#plan" if request.htmx else "follow_up/plan.html")


def _page(
    request: Request, plan: AdjustmentPlan, template: str = "follow_up/plan.html", **forms: Any
) -> HttpResponse:
    """Show a plan; with the forms of those who keep it, one of which may have come back."""
    forms = {"adding": AdjustmentForm(), "ending": EndForm(), **forms}
    return show(request, template, page=queries.plan_page(plan, request.person), **forms)


@form_door
@sensitive
@reaches(may_keep_plan, plan=AdjustmentPlan)
def change(request: Request, plan: AdjustmentPlan) -> HttpResponse:
    form = PlanForm.of(plan, typed(request))
    if done(request, form, actions.change_plan, plan=plan):
        words = _("The plan of %(name)s is up to date.") % {"name": plan.pupil.full_name}
        return go_on(request, words, "follow_up:plan", plan.pk)
    return show(request, "follow_up/plan_form.html", form=form, pupil=plan.pupil, plan=plan)


@act_door
@sensitive
@reaches(may_keep_plan, plan=AdjustmentPlan)
def end(request: Request, plan: AdjustmentPlan) -> HttpResponse:
    form = EndForm(typed(request))
    if not done(request, form, actions.end_plan, plan=plan):
        return _page(request, plan, ending=form)
    day = date_format(form.cleaned_data["on"], "SHORT_DATE_FORMAT")
    words = _("From %(day)s the plan of %(name)s holds no longer, and teachers do not see it any more.")
    return go_on(request, words % {"day": day, "name": plan.pupil.full_name}, "follow_up:plan", plan.pk)


@act_door
@sensitive
@reaches(may_keep_plan, plan=AdjustmentPlan)
def adjustments(request: Request, plan: AdjustmentPlan) -> HttpResponse:
    """Put one more measure in a plan."""
    form = AdjustmentForm(typed(request))
    if not done(request, form, actions.adjust, plan=plan):
        return _page(request, plan, adding=form)
    words = _("The measure is in the plan: its teachers are asked to read it again.")
    return go_on(request, words, "follow_up:plan", plan.pk)


@act_door
@sensitive
@reaches(may_keep_adjustment, adjustment=Adjustment)
def removal(request: Request, adjustment: Adjustment) -> HttpResponse:
    words = _("“%(measure)s” is no longer in the plan.") % {"measure": adjustment}
    act(request, actions.drop_adjustment, adjustment=adjustment)
    return go_on(request, words, "follow_up:plan", adjustment.plan_id)

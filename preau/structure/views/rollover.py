"""A year is brought forward: the plan, what is settled in it class by class, the act, and taking it back."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.design.lists import answer_list
from preau.kit.access import reaches
from preau.kit.acts import act, done, form_door, go_on, is_confirmed, show, typed, understood
from preau.kit.http import Request
from preau.kit.sensitive import sensitive, sensitive_to_take
from preau.work.tasks import start

from .. import actions, confirmations, lists, queries
from ..forms.rollover import ClassStepForm, ReadPlanForm
from ..models import ClassGroup, SchoolYear
from ..queries import RolloverPlan
from ..queries.rollover import ClassPlan
from ..rules import may_manage_structure


@require_safe
@sensitive_to_take
@reaches(may_manage_structure, school_year=SchoolYear)
def rollover(request: Request, school_year: SchoolYear) -> HttpResponseBase:
    plan = queries.rollover_plan(school_year, by=request.person)
    latest = queries.latest_rollover(school_year)
    return answer_list(
        request,
        lists.rollover,
        plan.classes if plan else [],
        template="structure/rollover.html",
        school_year=school_year,
        plan=plan,
        settling=queries.to_settle(plan) if plan else [],
        latest=latest,
        built_on=queries.built_on(latest) if latest else "",
        work=queries.rollover_under_way(school_year),
    )


@form_door
@sensitive
@reaches(may_manage_structure, class_group=ClassGroup)
def rollover_class(request: Request, class_group: ClassGroup) -> HttpResponse:
    year = queries.next_year(class_group.school_year)
    plan = queries.rollover_plan(year, by=request.person) if year else None
    if year is None or plan is None:
        return redirect("structure:school_year", class_group.school_year_id)
    step = next((each for each in plan.classes if each.former == class_group), None)
    if step is None:
        raise Http404
    form = ClassStepForm(step, plan.targets, typed(request))
    settled = done(request, form, actions.settle_class, class_group=class_group, school_year=year)
    if settled:
        words = ngettext(
            "%(count)d pupil of %(name)s is decided otherwise. Nobody is enrolled yet.",
            "%(count)d pupils of %(name)s are decided otherwise. Nobody is enrolled yet.",
            settled.result,
        )
        said = words % {"count": settled.result, "name": class_group.name}
        return _settled(request, plan, step, said, leads_on=form.leads_on)
    return show(request, "structure/rollover_class.html", step=step, plan=plan, form=form)


def _settled(
    request: Request, plan: RolloverPlan, step: ClassPlan, said: str, *, leads_on: bool
) -> HttpResponse:
    """Go on to the next class in which somebody is not decided, where that was asked; else to the plan."""
    after = plan.classes[plan.classes.index(step) + 1 :]
    open_ones = [each for each in after if each.undecided]
    if leads_on and open_ones:
        return go_on(request, said, "structure:rollover_class", open_ones[0].former.pk)
    return go_on(request, said, "structure:rollover", plan.year.pk)


@form_door
@sensitive
@reaches(may_manage_structure, school_year=SchoolYear)
def application(request: Request, school_year: SchoolYear) -> HttpResponse:
    plan = queries.rollover_plan(school_year, by=request.person)
    if plan is None or (plan.is_nothing and not is_confirmed(request)):
        return go_on(request, "", "structure:rollover", school_year.pk)
    if not is_confirmed(request):
        read = ReadPlanForm(initial={"seen": plan.fingerprint})
        return confirm(request, confirmations.bringing_forward(plan), read)
    seen = understood(ReadPlanForm(typed(request)))
    work = act(request, actions.order_rollover, school_year=school_year, **seen)
    start(work)
    return go_on(request, "", "work:work", work.pk)


@form_door
@sensitive
@reaches(may_manage_structure, school_year=SchoolYear)
def taking_back(request: Request, school_year: SchoolYear) -> HttpResponse:
    latest = queries.latest_rollover(school_year)
    if latest is None or (queries.built_on(latest) and not is_confirmed(request)):
        return go_on(request, "", "structure:rollover", school_year.pk)  # It says there why not.
    if not is_confirmed(request):
        return confirm(request, confirmations.taking_back(latest))
    act(request, actions.take_back, school_year=school_year)
    words = _("All that was brought forward is taken back. What was decided stays in the plan.")
    return go_on(request, words, "structure:rollover", school_year.pk)


@require_safe
@reaches(may_manage_structure, school_year=SchoolYear)
def year_readiness(request: Request, school_year: SchoolYear) -> HttpResponse:
    checks = queries.readiness(school_year)
    settled = sum(check.is_done for check in checks)
    return show(request, "structure/readiness.html", checks=checks, done=settled, school_year=school_year)

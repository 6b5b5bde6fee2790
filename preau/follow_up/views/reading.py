"""The plans one applies: their list, and saying that one has read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.http import Request

from .. import actions, queries
from ..models import AdjustmentPlan
from ..rules import may_acknowledge, may_open_those_of_my_pupils


@require_GET
@opens(may_open_those_of_my_pupils)
def mine(request: Request) -> HttpResponse:
    return render(request, "follow_up/mine.html", {"plans": queries.plans_to_apply(request.person)})


@require_POST
@reaches(may_acknowledge, plan=AdjustmentPlan)
def acknowledgement(request: Request, plan: AdjustmentPlan) -> HttpResponse:
    actions.acknowledge(plan=plan, by=request.person, at=clock.now())
    words = _("It is noted that you have read the adjustments of %(name)s.")
    messages.success(request, words % {"name": plan.pupil.full_name})
    return redirect("follow_up:mine")

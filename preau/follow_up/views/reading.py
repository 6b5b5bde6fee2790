"""The plans one applies: their list, and saying that one has read."""

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.lists import answer_list
from preau.kit.access import opens, reaches
from preau.kit.acts import act, act_door, go_on
from preau.kit.http import Request
from preau.kit.sensitive import sensitive_to_take

from .. import actions, lists, queries
from ..models import AdjustmentPlan
from ..rules import may_acknowledge, may_open_those_of_my_pupils


@require_safe
@sensitive_to_take
@opens(may_open_those_of_my_pupils)
def mine(request: Request) -> HttpResponseBase:
    plans = queries.plans_to_apply(request.person)
    return answer_list(request, lists.mine, plans, template="follow_up/mine.html")


@act_door
@reaches(may_acknowledge, plan=AdjustmentPlan)
def acknowledgement(request: Request, plan: AdjustmentPlan) -> HttpResponse:
    act(request, actions.acknowledge, plan=plan)
    words = _("It is noted that you have read the adjustments of %(name)s.")
    return go_on(request, words % {"name": plan.pupil.full_name}, "follow_up:mine")

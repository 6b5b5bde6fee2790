"""The school's list of measures."""

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from preau.design.lists import answer_list
from preau.kit.access import opens, reaches
from preau.kit.acts import done, form_door, go_on, show, status_of, typed
from preau.kit.http import Request

from .. import actions, lists, queries
from ..forms import MeasureForm
from ..models import Measure
from ..rules import may_keep_measures


@form_door
@opens(may_keep_measures)
def measures(request: Request) -> HttpResponseBase:
    form = MeasureForm(typed(request))
    if added := done(request, form, actions.add_measure):
        words = _("“%(label)s” can be put in plans.") % {"label": added.result.label}
        return go_on(request, words, "follow_up:measures")
    return answer_list(
        request,
        lists.measures,
        queries.measures_listed(),
        template="follow_up/measures.html",
        status=status_of(form),
        adding=form,
    )


@form_door
@reaches(may_keep_measures, measure=Measure)
def measure(request: Request, measure: Measure) -> HttpResponse:
    form = MeasureForm.of(measure, typed(request))
    if changed := done(request, form, actions.change_measure, measure=measure):
        words = _("“%(label)s” is up to date, in every plan that has it.")
        return go_on(request, words % {"label": changed.result.label}, "follow_up:measures")
    return show(request, "follow_up/measure.html", form=form, measure=measure)

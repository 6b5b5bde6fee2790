"""The school's list of measures."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request

from .. import actions, queries
from ..forms import MeasureForm
from ..models import Measure
from ..rules import may_keep_measures


@require_http_methods(["GET", "HEAD", "POST"])
@opens(may_keep_measures)
def measures(request: Request) -> HttpResponse:
    form = MeasureForm(request.POST or None)

    def add(typed: dict) -> None:
        actions.add_measure(by=request.person, at=clock.now(), **typed)

    if request.method == "POST" and done(form, add):
        messages.success(request, _("“%(label)s” can be put in plans.") % form.cleaned_data)
        return redirect("follow_up:measures")
    context = {"form": form, "measures": queries.measures_listed()}
    return render(request, "follow_up/measures.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_keep_measures, measure=Measure)
def measure(request: Request, measure: Measure) -> HttpResponse:
    form = MeasureForm(request.POST or None, instance=Measure.objects.get(pk=measure.pk))

    def change(typed: dict) -> None:
        actions.change_measure(measure=measure, by=request.person, at=clock.now(), **typed)

    if request.method == "POST" and done(form, change):
        messages.success(
            request, _("“%(label)s” is up to date, in every plan that has it.") % form.cleaned_data
        )
        return redirect("follow_up:measures")
    return render(
        request, "follow_up/measure.html", {"form": form, "measure": measure}, status=status_of(form)
    )

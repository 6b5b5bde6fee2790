"""Closing the gradebook of a group for a period, and reopening it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from preau.kit import clock
from preau.kit.access import reaches
from preau.kit.http import Request
from preau.structure.models import CourseGroup

from .. import actions, queries
from ..forms.assessments import ReopeningForm
from ..rules import may_keep_gradebook, may_reopen_gradebook
from .finding import period_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_keep_gradebook, group=CourseGroup)
def closing(request: Request, group, period_id: int) -> HttpResponse:
    """Show what looks odd, then close."""
    period = period_or_404(group, period_id)
    page = queries.sheet(group, period)
    if request.method == "POST":
        actions.close_gradebook(group=group, period=period, by=request.person, at=clock.now())
        messages.info(request, _("The gradebook is closed: its results are ready for the report cards."))
        return redirect("gradebook:sheet", group.pk, period.pk)
    return render(request, "gradebook/closing.html", {"sheet": page, "anomalies": queries.anomalies_of(page)})


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_reopen_gradebook, group=CourseGroup)
def reopening(request: Request, group, period_id: int) -> HttpResponse:
    period = period_or_404(group, period_id)
    form = ReopeningForm(request.POST or None)
    if form.is_valid():
        actions.reopen_gradebook(
            group=group, period=period, by=request.person, at=clock.now(), **form.cleaned_data
        )
        messages.info(request, _("The gradebook is open again, and the teacher can correct it."))
        return redirect("gradebook:sheet", group.pk, period.pk)
    context = {"form": form, "group": group, "period": period}
    return render(request, "gradebook/reopening.html", context, status=422 if form.errors else 200)

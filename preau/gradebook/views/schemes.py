"""The school's schemes: reading them, trying a change out, keeping it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.grading.actions import end_scheme, keep_scheme
from preau.grading.models import Scheme
from preau.kit import clock
from preau.kit.access import opens, sees
from preau.kit.http import Request
from preau.structure.queries import current_period, current_year

from .. import queries
from ..forms.schemes import SchemeForm
from ..rules import may_keep_schemes
from .finding import scheme_or_404


@require_GET
@sees(may_keep_schemes, to=may_keep_schemes, schemes=Scheme)
def schemes(request: Request, schemes) -> HttpResponse:
    period = current_period()
    lines = schemes.select_related("course", "year_level").order_by(
        "course__name", "year_level__rank", "form", "-starts_on"
    )
    return render(
        request, "gradebook/schemes.html", {"schemes": lines, "period": period, "today": clock.today()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@opens(may_keep_schemes)
def scheme(request: Request, scheme_id: int | None = None) -> HttpResponse:
    """Change a scheme, or make one; `simulate` shows what would change and keeps nothing."""
    kept = scheme_or_404(scheme_id) if scheme_id else None
    form = SchemeForm(
        request.POST or None,
        instance=scheme_or_404(scheme_id) if scheme_id else Scheme(),
        year=current_year(),
    )
    simulation = None
    if form.is_valid():
        if "simulate" not in request.POST:
            keep_scheme(
                scheme=kept,
                facts=form.facts,
                categories=form.category_weights,
                tokens=form.token_effects,
                starts_on=form.cleaned_data["starts_with"].starts_on,
                by=request.person,
                at=clock.now(),
            )
            messages.info(request, _("The scheme is kept. Open gradebooks compute with it from now on."))
            return redirect("gradebook:schemes")
        simulation = queries.simulate(form.proposed, form.cleaned_data["starts_with"])
    context = {"form": form, "scheme": kept, "simulation": simulation}
    return render(request, "gradebook/scheme.html", context, status=422 if form.errors else 200)


@require_POST
@opens(may_keep_schemes)
def scheme_end(request: Request, scheme_id: int) -> HttpResponse:
    """End a scheme with the period in course: results follow the scheme of the day their period began."""
    ended, period = scheme_or_404(scheme_id), current_period()
    on = period.starts_on if period else clock.today()
    end_scheme(scheme=ended, on=on, by=request.person, at=clock.now())
    messages.info(request, _("“%(name)s” has ended: the scheme above applies again.") % {"name": ended.name})
    return redirect("gradebook:schemes")

"""The school's schemes: reading them, trying a change out, keeping it."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.grading.actions import end_scheme, keep_scheme
from preau.grading.models import Scheme
from preau.kit import clock
from preau.kit.access import opens, sees
from preau.kit.acts import act, done, form_door, go_on, is_confirmed, moment_of, show, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive
from preau.structure.queries import current_period, current_year

from .. import confirmations, queries
from ..forms.schemes import SchemeForm
from ..rules import may_keep_schemes
from .finding import scheme_or_404


@require_safe
@sees(may_keep_schemes, to=may_keep_schemes, schemes=Scheme)
def schemes(request: Request, schemes: QuerySet[Scheme]) -> HttpResponse:
    lines = schemes.select_related("course", "year_level").order_by(
        "course__name", "year_level__rank", "form", "-starts_on"
    )
    return show(request, "gradebook/schemes.html", schemes=lines, today=clock.today())


@form_door
@sensitive
@opens(may_keep_schemes)
def scheme(request: Request, scheme_id: int | None = None) -> HttpResponse:
    """Change a scheme, or make one; one of its buttons shows what would change and keeps nothing."""
    kept = scheme_or_404(scheme_id) if scheme_id else None
    form = SchemeForm.of(kept or Scheme(), typed(request), year=current_year())
    if form.is_tried_out:
        simulation = queries.simulate(form.proposed, form.cleaned_data["starts_with"])
        return show(request, "gradebook/scheme.html", form=form, scheme=kept, simulation=simulation)
    if done(request, form, keep_scheme, scheme=kept):
        words = _("The scheme is kept. Open gradebooks compute with it from now on.")
        return go_on(request, words, "gradebook:schemes")
    return show(request, "gradebook/scheme.html", form=form, scheme=kept)


@form_door
@sensitive
@opens(may_keep_schemes)
def scheme_end(request: Request, scheme_id: int) -> HttpResponse:
    """End a scheme with the period in course: results follow the scheme of the day their period began."""
    ended, period = scheme_or_404(scheme_id), current_period()
    on = period.starts_on if period else localdate(moment_of(request))
    if not is_confirmed(request):
        return confirm(request, confirmations.ending_scheme(ended, on))
    act(request, end_scheme, scheme=ended, on=on)
    words = _("“%(name)s” has ended: the scheme above applies again.") % {"name": ended.name}
    return go_on(request, words, "gradebook:schemes")

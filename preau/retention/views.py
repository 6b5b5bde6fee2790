"""How long things are kept, what goes next, and of whom nothing goes."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.kit.access import opens, reaches
from preau.kit.acts import act, done, form_door, go_on, is_confirmed, moment_of, show, typed
from preau.kit.http import Request
from preau.kit.retention import Kept, kept
from preau.kit.sensitive import sensitive
from preau.people.models import Person

from . import actions, confirmations, queries
from .forms import HoldForm, PeriodForm
from .models import LegalHold
from .rules import leads, may_decide_periods, may_hold, may_lift, may_read_retention, may_read_whom


@require_safe
@opens(may_read_retention)
def periods(request: Request) -> HttpResponse:
    lines = queries.retention_lines(moment_of(request))
    return show(
        request,
        "retention/periods.html",
        lines=lines,
        open_kinds=sum(1 for line in lines if line.period.proposed),
        decides=may_decide_periods.admits(request.person),
        reads_whom=may_read_whom.admits(request.person),
        holds=queries.holds_in_force() if may_read_whom.admits(request.person) else (),
        may_lift=leads.admits(request.person),
    )


@require_safe
@opens(may_read_retention)
def next_run(request: Request) -> HttpResponse:
    """Count what the next run would erase; name those it is about to those who may read it."""
    return show(
        request,
        "retention/next.html",
        previews=queries.previews(moment_of(request)),
        reads_whom=may_read_whom.admits(request.person),
    )


@form_door
@sensitive
@opens(may_decide_periods)
def period(request: Request, kind: str) -> HttpResponse:
    the_kind = kind_or_404(kind)
    held = queries.period_of(the_kind)
    form = PeriodForm(typed(request), kept=the_kind, initial={"days": held.proposed or held.days})
    if done(request, form, actions.decide_period, kind=the_kind):
        return go_on(request, _("It is decided. What goes next is counted anew."), "retention:periods")
    return confirm(request, confirmations.deciding(the_kind, moment_of(request)), form)


@form_door
@sensitive
@reaches(may_hold, somebody=Person)
def hold(request: Request, somebody: Person) -> HttpResponse:
    form = HoldForm(typed(request))
    if done(request, form, actions.hold, person=somebody):
        words = _("Nothing about %(name)s is erased until you let it go again.")
        return go_on(request, words % {"name": somebody.full_name}, "people:person", somebody.pk)
    return confirm(request, confirmations.holding(somebody), form)


@form_door
@sensitive
@reaches(may_lift, hold=LegalHold)
def lifting(request: Request, hold: LegalHold) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.lifting(hold))
    act(request, actions.lift, held=hold)
    words = _("What is about %(name)s is no longer held.") % {"name": hold.person.full_name}
    return go_on(request, words, "retention:periods")


def kind_or_404(key: str) -> Kept:
    """Return the kind of things that an address names, whoever asks has been let in by a rule."""
    found = next((each for each in kept() if each.key == key), None)
    if found is None:
        raise Http404
    return found

"""What a pupil of 18 decides: whether the parents read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from preau.kit import clock
from preau.kit.access import opens
from preau.kit.forms import done, status_of
from preau.kit.http import Request

from .. import actions, queries
from ..forms import ParentsReadForm
from ..rules import decides_whether_parents_read


@require_http_methods(["GET", "POST"])
@opens(decides_whether_parents_read)
def parents(request: Request) -> HttpResponse:
    """Say what changes and from when, then note what the pupil decides."""
    form = ParentsReadForm(request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _decide(request, typed["parents"])):
        return redirect("portal:profile")
    context = {"reading": queries.parents_reading(request.person), "form": form}
    return render(request, "people/parents.html", context, status=status_of(form))


def _decide(request: Request, parents: str) -> None:
    reads = parents == ParentsReadForm.READ
    actions.decide_parent_access(pupil=request.person, is_granted=reads, by=request.person, at=clock.now())
    told = _("From now on your parents read along.") if reads else _("From now on your parents read nothing.")
    messages.success(request, told)

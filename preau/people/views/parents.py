"""What a pupil of 18 decides: whether the parents read."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from preau.kit.access import opens
from preau.kit.acts import done, form_door, go_on, show, typed
from preau.kit.http import Request

from .. import actions, queries
from ..forms import ParentsReadForm
from ..rules import decides_whether_parents_read


@form_door
@opens(decides_whether_parents_read)
def parents(request: Request) -> HttpResponse:
    """Say what changes and from when, then note what the pupil decides."""
    form = ParentsReadForm(typed(request))
    if decision := done(request, form, actions.decide_parent_access, pupil=request.person):
        reads, nothing = (
            _("From now on your parents read along."),
            _("From now on your parents read nothing."),
        )
        return go_on(request, reads if decision.result.is_granted else nothing, "portal:profile")
    reading = queries.parents_reading(request.person)
    return show(request, "people/parents.html", reading=reading, form=form)

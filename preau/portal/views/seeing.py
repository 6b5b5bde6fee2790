"""To see the school as a family sees it, and to stop."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from preau.design.middleware import FRONT_DOOR, where_from
from preau.kit.access import opens, reaches, signed_in
from preau.kit.acts import act, act_door, done, form_door, go_on, show, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive
from preau.people.models import Person

from .. import actions, seeing
from ..forms import SeeAsForm
from ..rules import may_see_as


@form_door
@sensitive
@reaches(may_see_as, somebody=Person)
def see_as(request: Request, somebody: Person) -> HttpResponse:
    form = SeeAsForm(typed(request))
    if begun := done(request, form, actions.begin_to_see_as, eyes=somebody):
        seeing.keep(request, begun.result)
        words = _("You now see the school as %(name)s does, and can change nothing.")
        return go_on(request, words % {"name": somebody.full_name}, "portal:today")
    return show(request, "portal/see_as.html", form=form, somebody=somebody, back=_back(request, somebody))


def _back(request: Request, somebody: Person) -> str:
    """Return the page one came from; a form that is sent back comes from itself."""
    page = reverse(seeing.page_of(somebody), args=[somebody.pk])
    before = where_from(request)
    return page if before == FRONT_DOOR or urlsplit(before).path == request.path else before


@act_door
@opens(signed_in)
def end_seeing(request: Request) -> HttpResponse:
    current = seeing.kept(request)
    seeing.forget(request)
    if current is None:  # Ended by itself, or on another page: nothing is done now, nor said to be.
        return go_on(request, "", "portal:today")
    act(request, actions.end_seeing_as, eyes=current.eyes)
    words = _("You see the school as yourself again.")
    return go_on(request, words, seeing.page_of(current.eyes), current.eyes.pk)

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.kit.access import opens, reaches
from preau.kit.acts import act, act_door, go_on, moment_of, show
from preau.kit.http import Request
from preau.kit.lists.pages import ListReading

from . import actions, lists, queries
from .kinds import kind_of
from .models import Receipt
from .rules import may_open_notice, may_open_notices


@require_safe
@opens(may_open_notices)
def notices(request: Request) -> HttpResponse:
    found = queries.readable_by(request.person, at=moment_of(request)).select_related("notice__pupil")
    reading = ListReading(lists.notices, found, reader=request.person, asked=request.GET)
    return show(request, "messaging/notices.html", page=reading.page())


@act_door
@reaches(may_open_notice, receipt=Receipt)
def open_notice(request: Request, receipt: Receipt) -> HttpResponse:
    """Lead to what a notice is about, and note that it was opened."""
    told = queries.readable_by(request.person, at=moment_of(request)).select_related("notice")
    found = told.filter(pk=receipt.pk).first()
    kind = kind_of(found.notice.kind) if found else None
    if found is None or kind is None:
        raise Http404
    act(request, actions.mark_read, receipt=found)
    return go_on(request, "", kind.address, **{kind.argument: found.notice.about})


@act_door
@opens(may_open_notices)
def all_read(request: Request) -> HttpResponse:
    act(request, actions.mark_all_read)
    return go_on(request, _("All your notices are read."), "messaging:notices")

"""The ledger of a period: whether closed gradebooks still hold what they held."""

import json

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.kit.access import opens
from preau.kit.acts import moment_of, show
from preau.kit.http import Request, file_name
from preau.kit.sensitive import sensitive
from preau.structure.addresses import period_asked

from .. import actions, queries
from ..rules import may_check_ledger


@require_safe
@sensitive
@opens(may_check_ledger)
def ledger(request: Request) -> HttpResponse:
    """Check the seals of a period of the year, as the page is opened."""
    periods = queries.periods_begun()
    period = period_asked(request, periods)
    found = queries.ledger_of(period) if period else None
    if found and "file" in request.GET:
        actions.note_taking_ledger(period=found.period, by=request.person, at=moment_of(request))
        content = json.dumps(queries.ledger_file(found.period), ensure_ascii=False, indent=1)
        name = file_name(_("Ledger of grades, %(period)s") % {"period": found.period.name}, "json")
        how = content_disposition_header(True, name)
        return HttpResponse(content, content_type="application/json", headers={"Content-Disposition": how})
    if found:
        actions.note_look_at_ledger(period=found.period, by=request.person, at=moment_of(request))
    tabs = queries.period_tabs(periods, period)
    key = queries.public_keys()[0]
    return show(request, "gradebook/ledger.html", ledger=found, tabs=tabs, period=period, key=key)

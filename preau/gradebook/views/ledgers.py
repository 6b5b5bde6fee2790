"""The ledger of a period: whether closed gradebooks still hold what they held."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from preau.kit.access import opens
from preau.kit.http import Request, file_name
from preau.structure.queries import current_period

from .. import queries
from ..rules import may_check_ledger
from .finding import number_or_none


@require_GET
@opens(may_check_ledger)
def ledger(request: Request) -> HttpResponse:
    """Check the seals of a period of the year, as the page is opened."""
    periods = queries.periods_begun()
    asked = number_or_none(request.GET.get("period"))
    period = next((it for it in periods if it.pk == asked), None) or current_period()
    found = queries.ledger_of(period) if period else None
    if found and "file" in request.GET:
        content = json.dumps(queries.ledger_file(found.period), ensure_ascii=False, indent=1)
        name = file_name(_("Ledger of grades, %(period)s") % {"period": found.period.name}, "json")
        how = content_disposition_header(True, name)
        return HttpResponse(content, content_type="application/json", headers={"Content-Disposition": how})
    tabs = queries.period_tabs(periods, period)
    return render(request, "gradebook/ledger.html", {"ledger": found, "tabs": tabs, "period": period})

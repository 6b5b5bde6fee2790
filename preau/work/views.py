from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from preau.kit.access import reaches
from preau.kit.http import Request

from .declared import declared
from .models import Work
from .queries import sentence
from .rules import may_follow_work, may_take_result


@require_safe
@vary_on_headers("HX-Request")
@reaches(may_follow_work, work=Work)
def work(request: Request, work: Work) -> HttpResponse:
    """Show how far work is, then lead to what came of it."""
    if work.is_finished and not declared(work.what).ready:
        on = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
        return on(work.leads_to)
    context = {
        "work": work,
        "sentence": sentence(work),
        "may_take": bool(work.result_id) and may_take_result.allows(request.person, work),
    }
    return render(request, "work/work.html#state" if request.htmx else "work/work.html", context)

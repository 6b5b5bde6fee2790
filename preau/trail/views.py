from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from preau.design.lists import answer_list
from preau.kit.access import opens, reaches
from preau.kit.http import Request
from preau.kit.sensitive import sensitive_to_take
from preau.people.models import Person

from . import lists, queries, rules
from .forms import TrailFilterForm


@require_GET
@sensitive_to_take
@opens(rules.may_read_trail)
def acts(request: Request) -> HttpResponseBase:
    form = TrailFilterForm(request.GET)
    return answer_list(
        request,
        lists.acts,
        queries.acts(reader=request.person, **form.wanted),
        form=form,
        template="trail/acts.html",
    )


@require_GET
@sensitive_to_take
@opens(rules.may_read_given)
def given(request: Request) -> HttpResponseBase:
    return answer_list(request, lists.given, queries.given(), template="trail/given.html")


@require_GET
@sensitive_to_take
@reaches(rules.may_see_looks, pupil=Person)
def looks(request: Request, pupil: Person) -> HttpResponseBase:
    traces = queries.looks_at(pupil)
    return answer_list(request, lists.looks, traces, subject=pupil, template="trail/looks.html", pupil=pupil)

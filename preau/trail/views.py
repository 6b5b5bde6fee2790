from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from preau.kit.access import opens, reaches
from preau.people.models import Person

from . import queries, rules
from .forms import WantedForm

LINES_A_PAGE = 50


@require_GET
@opens(rules.may_read_trail)
def acts(request):
    form = WantedForm(request.GET)
    page = Paginator(queries.acts(form.wanted()), LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "trail/acts.html", {"form": form, "page": page})


@require_GET
@reaches(rules.may_see_looks, pupil=Person)
def looks(request, pupil):
    page = Paginator(queries.looks_at(pupil), LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "trail/looks.html", {"pupil": pupil, "page": page})

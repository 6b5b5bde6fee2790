"""The school itself: its identity, its logo, and whether it is ready."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.files.serving import hand_out
from preau.kit import clock
from preau.kit.access import opens
from preau.kit.forms import done, status_of
from preau.kit.http import Request

from .. import actions, queries
from ..forms.years import SchoolForm
from ..rules import may_configure_school, may_manage_structure, may_see_logo

A_DAY = 24 * 60 * 60


@require_http_methods(["GET", "POST"])
@opens(may_configure_school)
def school(request: Request) -> HttpResponse:
    form = SchoolForm.of(queries.school(), request.POST or None, request.FILES or None)
    if request.method == "POST" and done(form, lambda typed: _describe(request, typed)):
        return redirect("structure:school")
    context = {"form": form, "known": queries.school()}
    return render(request, "structure/school.html", context, status=status_of(form))


def _describe(request: Request, typed: dict) -> None:
    actions.describe_school(by=request.person, at=clock.now(), **typed)
    messages.success(request, _("The school is described. Its name and colour are on every page now."))


@require_GET
@opens(may_see_logo)
def logo(request: Request) -> HttpResponseBase:
    known = queries.school()
    if known is None or not known.logo:
        raise Http404
    answer = hand_out(request, known.logo, show=True)
    answer["Cache-Control"] = f"public, max-age={A_DAY}"
    return answer


@require_POST
@opens(may_configure_school)
def logo_removal(request: Request) -> HttpResponse:
    actions.remove_logo(by=request.person, at=clock.now())
    messages.success(request, _("The logo is gone from pages and documents."))
    return redirect("structure:school")


@require_GET
@opens(may_manage_structure)
def readiness(request: Request) -> HttpResponse:
    checks = queries.readiness()
    context = {"checks": checks, "done": sum(check.is_done for check in checks)}
    return render(request, "structure/readiness.html", context)

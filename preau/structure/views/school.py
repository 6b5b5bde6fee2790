"""The school itself: its identity, its logo, and whether it is ready."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.files.serving import hand_out
from preau.kit.access import opens
from preau.kit.acts import act, act_door, done, form_door, go_on, show, typed
from preau.kit.http import Request

from .. import actions, queries
from ..forms.years import SchoolForm
from ..models import School
from ..rules import may_configure_school, may_manage_structure, may_see_logo

A_DAY = 24 * 60 * 60


@form_door
@opens(may_configure_school)
def school(request: Request) -> HttpResponse:
    known = queries.school()
    form = SchoolForm.of(known or School(), typed(request), request.FILES or None)
    if done(request, form, actions.describe_school):
        words = _("The school is described. Its name and colour are on every page now.")
        return go_on(request, words, "structure:school")
    return show(request, "structure/school.html", form=form, known=known)


@require_safe
@opens(may_see_logo)
def logo(request: Request) -> HttpResponseBase:
    known = queries.school()
    if known is None or not known.logo:
        raise Http404
    answer = hand_out(request, known.logo, show=True)
    answer["Cache-Control"] = f"public, max-age={A_DAY}"
    return answer


@act_door
@opens(may_configure_school)
def logo_removal(request: Request) -> HttpResponse:
    act(request, actions.remove_logo)
    return go_on(request, _("The logo is gone from pages and documents."), "structure:school")


@require_safe
@opens(may_manage_structure)
def readiness(request: Request) -> HttpResponse:
    checks = queries.readiness()
    settled = sum(check.is_done for check in checks)
    return show(request, "structure/readiness.html", checks=checks, done=settled)

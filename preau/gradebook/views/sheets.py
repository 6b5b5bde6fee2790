"""The sheet of a group for a period."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from preau.design.pieces import cote
from preau.grading.models import CourseResult
from preau.kit import clock, slots
from preau.kit.access import reaches
from preau.kit.acts import done, form_door, go_on, show, typed
from preau.kit.http import Request
from preau.structure.models import CourseGroup

from .. import actions, exports, queries
from ..drawing import SheetDrawing, sheet_as_data
from ..forms.assessments import ChoiceForm
from ..places import PUPILS
from ..rules import leads, may_keep_gradebook, may_read_gradebook
from .finding import member_or_404, page_or_part, period_or_404


@require_GET
@reaches(may_read_gradebook, group=CourseGroup)
def sheet(request: Request, group, period_id: int) -> HttpResponse:
    period = period_or_404(group, period_id)
    page = queries.sheet(group, period)
    asked = request.GET
    choices = queries.narrow(page, kind=asked.get("kind", ""), competence=asked.get("competence", ""))
    keeps = may_keep_gradebook.allows(request.person, group)
    is_kept = keeps and not page.closing
    beside = slots.pieces_by_key(PUPILS, request, group)
    drawing = SheetDrawing(page, is_kept=is_kept, beside=beside)
    context = {
        "sheet": page,
        "choices": choices,
        "is_narrowed": any(choice.is_chosen for choice in choices),
        "heads": drawing.heads(keeps=keeps),
        "rows": drawing.rows(),
        "means": drawing.means(),
        "keeps": keeps,
        "is_kept": is_kept,
        "leads": leads.admits(request.person),
        **queries.around(page, keeps, request.person),
    }
    return render(request, "gradebook/sheet.html", context)


@require_GET
@reaches(may_read_gradebook, group=CourseGroup)
def year(request: Request, group) -> HttpResponse:
    """Show the results of a group, period by period, and what the year comes to."""
    return render(request, "gradebook/year.html", queries.year_of(group))


@require_POST
@reaches(may_keep_gradebook, group=CourseGroup)
def whole_sheet(request: Request, group, period_id: int) -> HttpResponse:
    """Write a whole sheet sent by a browser without scripts."""
    period = period_or_404(group, period_id)
    report = actions.write_sheet(
        group=group, period=period, typed=request.POST.dict(), by=request.person, at=clock.now()
    )
    for problem in report.problems:
        messages.error(request, problem)
    if report.written:
        messages.info(request, _("%(count)s cells are kept.") % {"count": report.written})
    return redirect("gradebook:sheet", group.pk, period.pk)


@require_GET
@reaches(may_read_gradebook, group=CourseGroup)
def changes(request: Request, group, period_id: int) -> HttpResponse:
    """Tell what has changed in a sheet since the stamp one has seen: others' grades, and all results."""
    period = period_or_404(group, period_id)
    if request.GET.get("seen") == queries.stamp_of(group, period):
        return HttpResponse(status=204)
    return JsonResponse(sheet_as_data(queries.sheet(group, period)))


@require_GET
@reaches(may_read_gradebook, group=CourseGroup)
def why(request: Request, group, period_id: int, pupil_id: int) -> HttpResponse:
    """Explain the result of a pupil, term by term."""
    period = period_or_404(group, period_id)
    pupil = member_or_404(group, period, pupil_id)
    template = page_or_part(request, "gradebook/why.html", "explanation")
    context = {"course": queries.explanation(group, period, pupil), "pupil": pupil, "period": period}
    return render(request, template, context | {"group": group})


@form_door
@reaches(may_keep_gradebook, group=CourseGroup)
def choice(request: Request, group: CourseGroup, period_id: int, pupil_id: int) -> HttpResponse:
    """Retain another result than the computed one."""
    period = period_or_404(group, period_id)
    pupil = member_or_404(group, period, pupil_id)
    course = queries.explanation(group, period, pupil)
    kept = course.kept
    initial = {"chosen": kept and kept.chosen, "because": kept and kept.chosen_because}
    form = ChoiceForm(typed(request), initial=initial)
    chosen = done(request, form, actions.choose_result, group=group, period=period, pupil=pupil)
    if chosen:
        return go_on(request, _retained(chosen.result), "gradebook:sheet", group.pk, period.pk)
    return show(
        request, "gradebook/choice.html", form=form, course=course, pupil=pupil, period=period, group=group
    )


def _retained(result: CourseResult) -> str:
    if result.chosen is None:
        return _("The result of %(name)s is the computed one.") % {"name": result.pupil.full_name}
    words = _("%(chosen)s is retained for %(name)s; what was computed stays beside it.")
    return words % {"chosen": cote(result.chosen), "name": result.pupil.full_name}


@require_GET
@reaches(may_read_gradebook, group=CourseGroup)
def export(request: Request, group, period_id: int) -> FileResponse:
    """Give the sheet as a spreadsheet: `?kind=xlsx`, `ods` or `csv`."""
    page = queries.sheet(group, period_or_404(group, period_id))
    return exports.as_download(page, kind=request.GET.get("kind", "xlsx"))

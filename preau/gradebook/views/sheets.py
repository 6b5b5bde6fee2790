"""The sheet of a group for a period."""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.pieces import cote
from preau.grading.models import CourseResult
from preau.kit import slots
from preau.kit.access import reaches
from preau.kit.acts import act_door, done, form_door, go_on, moment_of, show, typed
from preau.kit.http import Request
from preau.structure.addresses import member_or_404, period_or_404
from preau.structure.models import CourseGroup

from .. import actions, queries
from ..drawing import SheetDrawing, sheet_as_data
from ..forms.assessments import ChoiceForm
from ..forms.cells import CellsForm
from ..places import PUPILS, SHEET_MENU, OpenedSheet
from ..rules import leads, may_keep_gradebook, may_open_gradebook, may_read_gradebook
from ..typed import RefusedCell
from .cells import kept_in_words
from .finding import page_or_part, result_or_404


@require_safe
@reaches(may_open_gradebook, group=CourseGroup)
def sheet(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    period = period_or_404(group, period_id)
    actions.note_look_at_sheet(group=group, by=request.person, at=moment_of(request))
    return _sheet(request, queries.sheet_read_by(request.person, group, period))


def _sheet(
    request: Request,
    page: queries.Sheet,
    form: CellsForm | None = None,
    refused: Mapping[tuple[int, int], RefusedCell] = MappingProxyType({}),
) -> HttpResponse:
    """Show a sheet; what was typed and is not kept stays in its cell."""
    asked = request.GET
    choices = queries.narrow(page, kind=asked.get("kind", ""), competence=asked.get("competence", ""))
    keeps = may_keep_gradebook.allows(request.person, page.group)
    is_kept = keeps and not page.closing
    beside = slots.pieces_by_key(PUPILS, request, page.group)
    drawing = SheetDrawing(page, is_kept=is_kept, beside=beside, refused=refused)
    leading = leads.admits(request.person)
    reads = keeps or may_read_gradebook.allows(request.person, page.group)
    opened = OpenedSheet(page.group, page.period, is_kept=is_kept, is_ones_own=keeps or leading)
    return show(
        request,
        "gradebook/sheet.html",
        sheet=page,
        form=form,
        choices=choices,
        is_narrowed=any(choice.is_chosen for choice in choices),
        heads=drawing.heads(keeps=keeps),
        rows=drawing.rows(),
        means=drawing.means(),
        keeps=keeps,
        is_kept=is_kept,
        leads=leading,
        erased=queries.erased_on(page.group, page.period) if page.closing and not page.columns else None,
        earlier=None if reads else queries.earlier_group(page.group, request.person),
        menu_pieces=slots.pieces(SHEET_MENU, request, opened) if reads else (),
        **queries.around(page, keeps, request.person, looks_back=not reads),
    )


@require_safe
@reaches(may_read_gradebook, group=CourseGroup)
def year(request: Request, group: CourseGroup) -> HttpResponse:
    """Show the results of a group, period by period, and what the year comes to."""
    actions.note_look_at_sheet(group=group, by=request.person, at=moment_of(request))
    return show(
        request, "gradebook/year.html", **queries.year_of(group, queries.rows_read(group, request.person))
    )


@require_safe
@reaches(may_read_gradebook, group=CourseGroup)
def year_why(request: Request, group: CourseGroup, pupil_id: int) -> HttpResponse:
    """Explain what the year of a pupil comes to, period by period."""
    row = queries.year_of_pupil(group, pupil_id, queries.rows_read(group, request.person))
    if row is None:
        raise Http404
    actions.note_look_at_results(pupil=row.pupil, by=request.person, at=moment_of(request))
    template = page_or_part(request, "gradebook/year_why.html", "explanation")
    return show(request, template, group=group, row=row)


@act_door
@reaches(may_keep_gradebook, group=CourseGroup)
def whole_sheet(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    """Write a whole sheet sent by a browser without scripts."""
    period = period_or_404(group, period_id)
    form = CellsForm(typed(request))
    written = done(request, form, actions.write_sheet, group=group, period=period)
    if written and not written.result.refused:
        return go_on(request, kept_in_words(written.result), "gradebook:sheet", group.pk, period.pk)
    page = queries.sheet(group, period)
    refused = form.give_back(written.result, page.names_of_cells()) if written else {}
    return _sheet(request, page, form, refused)


@require_safe
@reaches(may_open_gradebook, group=CourseGroup)
def changes(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    """Tell what has changed in a sheet since the stamp one has seen: others' grades, and all results."""
    period = period_or_404(group, period_id)
    if request.GET.get("seen") == queries.stamp_of(group, period):
        return HttpResponse(status=204)
    page = queries.sheet_read_by(request.person, group, period)
    return JsonResponse(sheet_as_data(page))


@require_safe
@reaches(may_open_gradebook, group=CourseGroup)
def why(request: Request, group: CourseGroup, period_id: int, pupil_id: int) -> HttpResponse:
    """Explain the result of a pupil, term by term."""
    period = period_or_404(group, period_id)
    pupil = result_or_404(request, group, period, pupil_id)
    actions.note_look_at_results(pupil=pupil, by=request.person, at=moment_of(request))
    template = page_or_part(request, "gradebook/why.html", "explanation")
    course = queries.explanation(group, period, pupil)
    erased = None if course.terms else queries.erased_on(group, period)
    return show(request, template, course=course, pupil=pupil, period=period, group=group, erased=erased)


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

"""The doors of imports (choose a file, match its columns, look at what it brings, apply it) and exports."""

import tempfile

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.design.lists import answer_list
from preau.design.tabs import Tab
from preau.kit.access import opens, reaches
from preau.kit.acts import (
    act,
    act_door,
    done,
    form_door,
    go_on,
    is_confirmed,
    show,
    status_of,
    typed,
    understood,
)
from preau.kit.http import Request, file_name
from preau.kit.jobs import start
from preau.kit.sensitive import sensitive
from preau.kit.tables import download
from preau.structure.models import CourseGroup
from preau.structure.queries import current_year
from preau.work import tasks

from . import actions, confirmations, lists, queries
from .footprints import footprint_of
from .forms import ApplyForm, ExportForm, FileForm, MappingForm, ReportFilterForm
from .models import ImportRun
from .oneroster import LEFT_BEHIND, VERSIONS
from .rules import may_export, may_export_group, may_import, may_read_run
from .tasks import apply_import, check_import, undo_import

SMALL = 400
"""A file of at most so many rows is compared, written and undone at once, a longer one aside."""
SHOWN = 20
"""Of what was built on an import so much is shown."""


@form_door
@sensitive
@opens(may_import)
def imports(request: Request) -> HttpResponseBase:
    form = FileForm(typed(request), request.FILES or None)
    if chosen := done(request, form, actions.choose_file):
        run = chosen.result
        return redirect("exchange:columns", run_id=run.pk) if run.has_columns else _check(request, run)
    return answer_list(
        request,
        lists.runs,
        queries.runs_for(request.person),
        template="exchange/imports.html",
        status=status_of(form),
        bringing=form,
    )


@form_door
@sensitive
@reaches(may_read_run, run=ImportRun)
def columns(request: Request, run: ImportRun) -> HttpResponse:
    if not (run.is_open and run.has_columns):
        return redirect("exchange:run", run_id=run.pk)
    sent = typed(request)
    asked = request.GET if sent is None else sent
    line = asked.get("header_line", "")
    page = queries.columns_page(
        run, sheet=asked.get("sheet", ""), header_line=int(line) if line.isdecimal() else None
    )
    form = MappingForm(sent, page=page)
    if done(request, form, actions.match_columns, run=run):
        return _check(request, run)
    return show(request, "exchange/columns.html", run=run, page=page, form=form)


@require_safe
@sensitive
@reaches(may_read_run, run=ImportRun)
def run(request: Request, run: ImportRun) -> HttpResponseBase:
    if request.htmx and run.is_busy:
        return show(request, "exchange/run.html#progress", run=run)
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    form = ReportFilterForm(request.GET)
    heaps = queries.heaps(run)
    status = form.wanted.get("status") or (heaps[0].status if heaps else "")
    return answer_list(
        request,
        lists.wrong_lines if status in queries.TO_READ else lists.brought_lines,
        queries.report_lines(run, **{**form.wanted, "status": status}),
        form=form,
        subject=run,
        template="exchange/run.html",
        run=run,
        stage=lists.stage_badge(run),
        applying=ApplyForm(),
        tabs=[
            Tab(capfirst(heap.label), f"?show={heap.status}", heap.status == status, str(heap.count))
            for heap in heaps
        ],
        sentences=queries.sentences(run),
        notes=queries.report_lines(run, status="note") if run.can_be_applied else (),
    )


@act_door
@sensitive
@reaches(may_read_run, run=ImportRun)
def application(request: Request, run: ImportRun) -> HttpResponse:
    act(request, actions.start_applying, run=run, **understood(ApplyForm(typed(request))))
    language = get_language() or "fr"
    if run.total > SMALL or not run.has_columns:
        start(apply_import, run_id=run.pk, language=language, by_id=request.person.pk)
    else:
        act(request, actions.apply_run, run=run, language=language)
    words = _("Everything is in. The file itself is no longer kept.") if run.applied else ""
    return go_on(request, words, "exchange:run", run_id=run.pk)


@act_door
@sensitive
@reaches(may_read_run, run=ImportRun)
def comparison(request: Request, run: ImportRun) -> HttpResponse:
    if run.has_columns and not run.spec:
        return redirect("exchange:columns", run_id=run.pk)
    return _check(request, run)


@act_door
@sensitive
@reaches(may_read_run, run=ImportRun)
def withdrawal(request: Request, run: ImportRun) -> HttpResponse:
    act(request, actions.give_up, run=run)
    return go_on(request, _("The file was deleted; nothing of it was written."), "exchange:imports")


@form_door
@sensitive
@reaches(may_read_run, run=ImportRun)
def undoing(request: Request, run: ImportRun) -> HttpResponse:
    """Ask whether an import is to be undone, or say what was built on it; undo it once that is confirmed."""
    if not run.can_be_undone:
        return go_on(request, "", "exchange:run", run_id=run.pk)
    refused = None
    if is_confirmed(request):
        try:
            return _undone(request, run)
        except actions.BuiltOnImport as refusal:  # The page below says what, with the way there.
            refused = refusal
    footprint = footprint_of(run)
    built = queries.built_on(run, footprint, request.person)
    if built and request.htmx and typed(request) is None:
        return HttpResponse(headers={"HX-Redirect": request.path})  # A page of its own, not a dialog.
    if built:
        more = max(0, len(built) - SHOWN)
        return show(request, "exchange/run_built_on.html", run=run, built=built[:SHOWN], more=more)
    if refused:
        raise refused
    return confirm(request, confirmations.undoing(run, footprint))


def _undone(request: Request, run: ImportRun) -> HttpResponse:
    """Undo an import at once when that is little, else aside: what was built on it is looked for once."""
    if run.rows.count() > SMALL:
        act(request, actions.start_undoing, run=run)
        start(undo_import, run_id=run.pk, language=get_language() or "fr", by_id=request.person.pk)
        return go_on(request, "", "exchange:run", run_id=run.pk)
    act(request, actions.undo_run, run=run)
    return go_on(request, _("The import is undone: all is as it was before."), "exchange:run", run_id=run.pk)


@require_safe
@sensitive
@reaches(may_read_run, run=ImportRun)
def report_sheet(request: Request, run: ImportRun) -> FileResponse:
    titles, rows = queries.report_table(run)
    return download(f"import-{run.pk}", titles, rows)


@form_door
@sensitive
@opens(may_export)
def exports(request: Request) -> HttpResponse:
    """Order the grades of the year as a bundle for another program."""
    year, form = current_year(), ExportForm(typed(request))
    if year and (ordered := done(request, form, actions.order_bundle, year=year)):
        tasks.start(ordered.result)
        return redirect("work:work", ordered.result.pk)
    left_behind = [what for what, _kinds in LEFT_BEHIND]
    return show(request, "exchange/exports.html", form=form, year=year, left_behind=left_behind)


@require_safe
@sensitive
@reaches(may_export_group, group=CourseGroup)
def group_bundle(request: Request, group: CourseGroup) -> FileResponse:
    """Give the grades of a group as a bundle (`?version=1.1` for an old one)."""
    version = request.GET.get("version", VERSIONS[-1])
    target = tempfile.TemporaryFile()  # noqa: SIM115 – the response closes it.
    known = version if version in VERSIONS else VERSIONS[-1]
    act(request, actions.take_group, group=group, version=known, target=target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=file_name(f"oneroster {group.code}", "zip"))


def _check(request: Request, run: ImportRun) -> HttpResponse:
    """Compare the file at once when it is small, else aside; then show its report."""
    act(request, actions.start_checking, run=run)
    language = get_language() or "fr"
    if run.total > SMALL or not run.has_columns:
        start(check_import, run_id=run.pk, language=language)
    else:
        act(request, actions.check_run, run=run, language=language)
    return redirect("exchange:run", run_id=run.pk)

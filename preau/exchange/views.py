"""The doors of imports (choose a file, match its columns, look at what it brings, apply it) and exports."""

import tempfile

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.accounts.guards import needs_second_factor
from preau.design.lists import answer_list
from preau.design.tabs import Tab
from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.http import Request, file_name
from preau.kit.jobs import start
from preau.kit.tables import download
from preau.structure.models import CourseGroup
from preau.structure.queries import current_year
from preau.work import tasks

from . import actions, lists, queries
from .forms import ApplyForm, ExportForm, FileForm, MappingForm, ReportFilterForm
from .models import ImportRun
from .oneroster import VERSIONS, Export, export_groups
from .rules import may_export, may_export_group, may_import, may_read_run
from .tasks import apply_import, check_import

SMALL = 400
"""A file of at most so many rows is compared and written at once, a longer one aside."""


@require_http_methods(["GET", "POST"])
@needs_second_factor
@opens(may_import)
def imports(request: Request) -> HttpResponseBase:
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        run = actions.choose_file(kind=chosen["kind"], file=chosen["file"], by=request.person, at=clock.now())
        return redirect("exchange:columns", run_id=run.pk) if run.has_columns else _check(run)
    return answer_list(
        request,
        lists.runs,
        queries.runs_for(request.person),
        template="exchange/imports.html",
        status=422 if form.errors else 200,
        bringing=form,
    )


@require_http_methods(["GET", "POST"])
@reaches(may_read_run, run=ImportRun)
def columns(request: Request, run: ImportRun) -> HttpResponse:
    if not (run.is_open and run.has_columns):
        return redirect("exchange:run", run_id=run.pk)
    asked = request.POST if request.method == "POST" else request.GET
    line = asked.get("header_line", "")
    page = queries.columns_page(
        run, sheet=asked.get("sheet", ""), header_line=int(line) if line.isdecimal() else None
    )
    form = MappingForm(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        actions.match_columns(run=run, spec=form.spec, by=request.person, at=clock.now())
        return _check(run)
    context = {"run": run, "page": page, "form": form}
    return render(request, "exchange/columns.html", context, status=422 if form.errors else 200)


@require_GET
@needs_second_factor
@reaches(may_read_run, run=ImportRun)
def run(request: Request, run: ImportRun) -> HttpResponseBase:
    if request.htmx and run.is_busy:
        return render(request, "exchange/run.html#progress", {"run": run})
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


@require_POST
@needs_second_factor
@reaches(may_read_run, run=ImportRun)
def application(request: Request, run: ImportRun) -> HttpResponse:
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return redirect("exchange:run", run_id=run.pk)
    actions.start_applying(run=run, **form.cleaned_data)
    language = get_language() or "fr"
    if run.total > SMALL or not run.has_columns:
        start(apply_import, run_id=run.pk, language=language, by_id=request.person.pk)
    else:
        actions.apply_run(run=run, language=language, by=request.person, at=clock.now())
    if run.applied:
        messages.success(request, _("Everything is in. The file itself is no longer kept."))
    return redirect("exchange:run", run_id=run.pk)


@require_POST
@reaches(may_read_run, run=ImportRun)
def comparison(request: Request, run: ImportRun) -> HttpResponse:
    return _check(run) if run.spec or not run.has_columns else redirect("exchange:columns", run_id=run.pk)


@require_POST
@reaches(may_read_run, run=ImportRun)
def withdrawal(request: Request, run: ImportRun) -> HttpResponse:
    actions.give_up(run=run)
    messages.info(request, _("The file was deleted; nothing of it was written."))
    return redirect("exchange:imports")


@require_GET
@reaches(may_read_run, run=ImportRun)
def report_sheet(request: Request, run: ImportRun) -> FileResponse:
    titles, rows = queries.report_table(run)
    return download(f"import-{run.pk}", titles, rows)


@require_http_methods(["GET", "POST"])
@needs_second_factor
@opens(may_export)
def exports(request: Request) -> HttpResponse:
    """Order the grades of the year as a bundle for another program."""
    year, form = current_year(), ExportForm(request.POST or None)
    if year and form.is_valid():
        version = form.cleaned_data["version"]
        work = actions.order_bundle(year=year, version=version, by=request.person, at=clock.now())
        tasks.start(work)
        return redirect("work:work", work.pk)
    context = {"form": form, "year": year}
    return render(request, "exchange/exports.html", context, status=422 if form.errors else 200)


@require_GET
@reaches(may_export_group, group=CourseGroup)
def group_bundle(request: Request, group: CourseGroup) -> FileResponse:
    """Give the grades of a group as a bundle (`?version=1.1` for an old one)."""
    version = request.GET.get("version", VERSIONS[-1])
    target = tempfile.TemporaryFile()  # noqa: SIM115 – the response closes it.
    groups = export_groups(group.school_year, [group.pk])
    Export(groups, group.school_year, version if version in VERSIONS else VERSIONS[-1]).write(target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=file_name(f"oneroster {group.code}", "zip"))


def _check(run: ImportRun) -> HttpResponse:
    """Compare the file at once when it is small, else aside; then show its report."""
    actions.start_checking(run=run)
    language = get_language() or "fr"
    if run.total > SMALL or not run.has_columns:
        start(check_import, run_id=run.pk, language=language)
    else:
        actions.check_run(run=run, language=language, at=clock.now())
    return redirect(reverse("exchange:run", kwargs={"run_id": run.pk}))

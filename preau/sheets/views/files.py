"""The sheet as a file: it leaves; another comes, is decided about, and is put in."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from preau.gradebook import queries
from preau.gradebook.rules import may_keep_gradebook, may_read_gradebook
from preau.gradebook.views.finding import period_or_404
from preau.kit import clock
from preau.kit.access import reaches
from preau.kit.http import Request
from preau.kit.tables import FileRefused
from preau.structure.models import CourseGroup

from .. import actions, exports
from ..forms import SheetFileForm
from ..models import SheetFile
from ..rules import may_bring_file
from ..sheetfiles import Choices, page_of


@require_safe
@reaches(may_read_gradebook, group=CourseGroup)
def export(request: Request, group: CourseGroup, period_id: int) -> FileResponse:
    """Give the sheet as a spreadsheet: `?kind=xlsx`, `ods` or `csv`."""
    page = queries.sheet(group, period_or_404(group, period_id))
    return exports.as_download(page, kind=request.GET.get("kind", "xlsx"))


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_keep_gradebook, group=CourseGroup)
def new_file(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    """Choose the file whose grades come to this sheet."""
    period = period_or_404(group, period_id)
    form = SheetFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        chosen = form.cleaned_data["file"]
        try:
            brought = actions.bring_file(
                group=group, period=period, file=chosen, name=chosen.name, by=request.person, at=clock.now()
            )
            return redirect("sheets:file", brought.pk)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "sheet": queries.sheet(group, period)}
    return render(request, "sheets/file_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_bring_file, file=SheetFile)
def file(request: Request, file: SheetFile) -> HttpResponse:
    """Show what the file would change under the choices made; keep other choices."""
    choices = Choices.from_dict(file.choices)
    if request.method == "POST":
        actions.decide(file=file, choices=Choices.from_form(request.POST.dict(), choices))
        return redirect("sheets:file", file.pk)
    lines = actions.lines_of_file(file, choices)
    found = page_of(queries.sheet(file.group, file.period), lines, choices)
    return render(request, "sheets/file.html", {"file": file, "found": found})


@require_POST
@reaches(may_bring_file, file=SheetFile)
def application(request: Request, file: SheetFile) -> HttpResponse:
    """Put the file in, with the choices on the screen, when it does what was seen."""
    choices = Choices.from_form(request.POST.dict(), Choices.from_dict(file.choices))
    actions.decide(file=file, choices=choices)
    group, period = file.group, file.period
    try:
        written = actions.put_in(
            file=file, seen=request.POST.get("seen", ""), by=request.person, at=clock.now()
        )
    except (actions.LookAgain, actions.StillWrong) as refusal:
        messages.warning(request, str(refusal))
        return redirect("sheets:file", file.pk)
    words = _("%(grades)s grades are in the gradebook. The file itself is no longer kept.")
    messages.info(request, words % {"grades": written.grades})
    return redirect("gradebook:sheet", group.pk, period.pk)


@require_POST
@reaches(may_bring_file, file=SheetFile)
def withdrawal(request: Request, file: SheetFile) -> HttpResponse:
    group, period = file.group, file.period
    actions.give_file_up(file=file)
    messages.info(request, _("The file is deleted; nothing of it was written."))
    return redirect("gradebook:sheet", group.pk, period.pk)

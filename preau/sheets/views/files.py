"""The sheet as a file: it leaves; another comes, is decided about, and is put in."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.gradebook import queries
from preau.gradebook.rules import may_keep_gradebook, may_read_gradebook
from preau.kit.access import reaches
from preau.kit.acts import act, act_door, done, form_door, go_on, is_understood, moment_of, show, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive
from preau.structure.addresses import period_or_404
from preau.structure.models import CourseGroup

from .. import actions, exports
from ..forms import ChoicesForm, SeenForm, SheetFileForm
from ..models import SheetFile
from ..rules import may_bring_file
from ..sheetfiles import Choices, page_of


@require_safe
@sensitive
@reaches(may_read_gradebook, group=CourseGroup)
def export(request: Request, group: CourseGroup, period_id: int) -> FileResponse:
    """Give the sheet as a spreadsheet: `?kind=xlsx`, `ods` or `csv`."""
    read = queries.rows_read(group, request.person)
    page = queries.sheet(group, period_or_404(group, period_id), read)
    actions.note_taking(group=group, by=request.person, at=moment_of(request))
    return exports.as_download(page, kind=request.GET.get("kind", "xlsx"))


@form_door
@reaches(may_keep_gradebook, group=CourseGroup)
def new_file(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    """Choose the file whose grades come to this sheet."""
    period = period_or_404(group, period_id)
    form = SheetFileForm(typed(request), request.FILES or None)
    if brought := done(request, form, actions.bring_file, group=group, period=period):
        return redirect("sheets:file", brought.result.pk)
    return show(request, "sheets/file_new.html", form=form, sheet=queries.sheet(group, period))


@form_door
@reaches(may_bring_file, file=SheetFile)
def file(request: Request, file: SheetFile) -> HttpResponse:
    """Show what the file would change under the choices made; keep other choices."""
    form = ChoicesForm(typed(request), file=file)
    if done(request, form, actions.decide, file=file):
        return redirect("sheets:file", file.pk)
    return _file(request, file, form)


@act_door
@reaches(may_bring_file, file=SheetFile)
def application(request: Request, file: SheetFile) -> HttpResponse:
    """Put the file in, with the choices on the screen, when it does what was seen; else show what it does."""
    seen, choices = SeenForm(typed(request)), ChoicesForm(typed(request), file=file)
    if not is_understood(seen) or not done(request, choices, actions.decide, file=file):
        return _file(request, file, seen if seen.errors else choices)
    if not (written := done(request, seen, actions.put_in, file=file)):
        return _file(request, file, seen)
    words = ngettext(
        "%(grades)s grade is in the gradebook. The file itself is no longer kept.",
        "%(grades)s grades are in the gradebook. The file itself is no longer kept.",
        written.result.grades,
    )
    return go_on(
        request, words % {"grades": written.result.grades}, "gradebook:sheet", file.group_id, file.period_id
    )


@act_door
@reaches(may_bring_file, file=SheetFile)
def withdrawal(request: Request, file: SheetFile) -> HttpResponse:
    act(request, actions.give_file_up, file=file)
    words = _("The file is deleted; nothing of it was written.")
    return go_on(request, words, "gradebook:sheet", file.group_id, file.period_id)


def _file(request: Request, file: SheetFile, form: ChoicesForm | SeenForm) -> HttpResponse:
    choices = Choices.from_dict(file.choices)
    found = page_of(queries.sheet(file.group, file.period), actions.lines_of_file(file, choices), choices)
    return show(request, "sheets/file.html", file=file, found=found, form=form)

"""Closing the gradebook of a group for a period, and reopening it; showing all its grades at once."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from preau.design.confirmations import confirm
from preau.kit.access import reaches
from preau.kit.acts import act, done, form_door, go_on, is_confirmed, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive
from preau.structure.addresses import period_or_404
from preau.structure.models import CourseGroup

from .. import actions, confirmations, queries
from ..forms.assessments import ReopeningForm
from ..rules import may_keep_gradebook, may_reopen_gradebook


@form_door
@reaches(may_keep_gradebook, group=CourseGroup)
def publications(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    """Show to pupils and parents all that is typed and not visible yet."""
    period = period_or_404(group, period_id)
    if not is_confirmed(request):
        sheet = queries.sheet(group, period)
        question = confirmations.publishing_all(sheet)
        return confirm(request, question, page="gradebook/publications.html", sheet=sheet)
    published = act(request, actions.publish_all, group=group, period=period)
    titles = ", ".join(assessment.title for assessment in published) or _("nothing new")
    words = _("Visible to pupils and parents: %(titles)s.") % {"titles": titles}
    return go_on(request, words, "gradebook:sheet", group.pk, period.pk)


@form_door
@reaches(may_keep_gradebook, group=CourseGroup)
def closing(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    """Show what looks odd, then close."""
    period = period_or_404(group, period_id)
    if not is_confirmed(request):
        sheet = queries.sheet(group, period)
        question, anomalies = confirmations.closing_gradebook(sheet), queries.anomalies_of(sheet)
        return confirm(request, question, page="gradebook/closing.html", sheet=sheet, anomalies=anomalies)
    act(request, actions.close_gradebook, group=group, period=period)
    words = _("The gradebook is closed: its results are ready for the report cards.")
    return go_on(request, words, "gradebook:sheet", group.pk, period.pk)


@form_door
@sensitive
@reaches(may_reopen_gradebook, group=CourseGroup)
def reopening(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    period = period_or_404(group, period_id)
    form = ReopeningForm(typed(request) if is_confirmed(request) else None)
    if not done(request, form, actions.reopen_gradebook, group=group, period=period):
        return confirm(request, confirmations.reopening_gradebook(group, period), form)
    words = _("The gradebook is open again, and the teacher can correct it.")
    return go_on(request, words, "gradebook:sheet", group.pk, period.pk)

"""From open gradebooks to published report cards."""

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.design.lists import answer_list
from preau.kit.access import opens, reaches
from preau.kit.acts import act, done, form_door, go_on, is_confirmed, moment_of, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive, sensitive_to_take
from preau.structure.models import ReportPeriod
from preau.structure.queries import current_year
from preau.work.tasks import start

from .. import actions, confirmations, lists, queries
from ..forms import PublishForm
from ..models import Release
from ..rules import prepares, publishes


@require_safe
@opens(prepares)
def periods(request: Request) -> HttpResponseBase:
    year = current_year()
    template = "report_cards/periods.html"
    return answer_list(request, lists.periods, queries.periods_of_year(year), template=template, year=year)


@require_safe
@sensitive_to_take
@reaches(prepares, period=ReportPeriod)
def period(request: Request, period: ReportPeriod) -> HttpResponseBase:
    state = queries.period_state(period)
    return answer_list(
        request,
        lists.missing,
        state.missing.classes,
        template="report_cards/period.html",
        state=state,
        may_publish=publishes.admits(request.person),
    )


@require_safe
@sensitive_to_take
@reaches(prepares, period=ReportPeriod)
def differences(request: Request, period: ReportPeriod) -> HttpResponseBase:
    """List the published cards that would say something else now, for the head to decide."""
    actions.note_look_at_differences(period=period, by=request.person, at=moment_of(request))
    found = queries.differences_of(period)
    template = "report_cards/differences.html"
    return answer_list(request, lists.differences, found, template=template, subject=period, period=period)


@require_safe
@sensitive_to_take
@reaches(prepares, period=ReportPeriod)
def late(request: Request, period: ReportPeriod) -> HttpResponseBase:
    found = queries.late_teachers(period)
    return answer_list(request, lists.late, found, template="report_cards/late.html", period=period)


@form_door
@sensitive
@reaches(publishes, period=ReportPeriod)
def closing(request: Request, period: ReportPeriod) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.closing_gradebooks(period))
    count = act(request, actions.close_gradebooks, period=period)
    words = ngettext(
        "%(count)d gradebook is closed now: its results stand.",
        "%(count)d gradebooks are closed now: their results stand.",
        count,
    )
    return go_on(request, words % {"count": count}, "report_cards:period", period.pk)


@form_door
@sensitive
@reaches(prepares, period=ReportPeriod)
def builds(request: Request, period: ReportPeriod) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.making_cards(period, request.person))
    build = act(request, actions.order_build, period=period)
    start(build.work)
    return go_on(request, "", "work:work", build.work_id)


@form_door
@sensitive
@reaches(publishes, period=ReportPeriod)
def publication(request: Request, period: ReportPeriod) -> HttpResponse:
    form = PublishForm(typed(request))
    if is_confirmed(request) and (
        published := done(request, form, actions.publish_report_cards, period=period)
    ):
        return go_on(request, _readable(published.result), "report_cards:period", period.pk)
    return confirm(request, confirmations.publishing(period), form)


def _readable(release: Release) -> str:
    if release.has_come:
        return _("Pupils and families read the report cards now.")
    return _("The report cards open by themselves at the moment you chose.")


@form_door
@sensitive
@reaches(publishes, period=ReportPeriod)
def withdrawal(request: Request, period: ReportPeriod) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.withdrawing(period))
    act(request, actions.withdraw_report_cards, period=period)
    words = _("The report cards are hidden again. Nobody had read one.")
    return go_on(request, words, "report_cards:period", period.pk)

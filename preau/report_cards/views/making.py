from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.http import Request
from preau.structure.models import ReportPeriod
from preau.structure.queries import current_year
from preau.work.tasks import start

from .. import actions, queries
from ..forms import PublishForm
from ..rules import prepares, publishes


@require_GET
@opens(prepares)
def periods(request: Request) -> HttpResponse:
    year = current_year()
    lines = queries.periods_of_year(year)
    return render(request, "report_cards/periods.html", {"year": year, "lines": lines})


@require_GET
@reaches(prepares, period=ReportPeriod)
def period(request: Request, period: ReportPeriod) -> HttpResponse:
    return _period_page(request, period, PublishForm())


@require_POST
@reaches(publishes, period=ReportPeriod)
def closing(request: Request, period: ReportPeriod) -> HttpResponse:
    count = actions.close_gradebooks(period=period, by=request.person, at=clock.now())
    messages.success(request, _("Gradebooks closed now: %(count)s. Their results stand.") % {"count": count})
    return redirect("report_cards:period", period_id=period.pk)


@require_POST
@reaches(prepares, period=ReportPeriod)
def builds(request: Request, period: ReportPeriod) -> HttpResponse:
    build = actions.order_build(period=period, by=request.person, at=clock.now())
    start(build.work)
    return redirect("work:work", build.work_id)


@require_POST
@reaches(publishes, period=ReportPeriod)
def publication(request: Request, period: ReportPeriod) -> HttpResponse:
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _period_page(request, period, form, status=422)
    moment = form.cleaned_data["on"]
    release = actions.publish_report_cards(period=period, by=request.person, at=clock.now(), on=moment)
    messages.success(
        request,
        _("Pupils and families read the report cards now.")
        if release.has_come
        else _("The report cards open by themselves at the moment you chose."),
    )
    return redirect("report_cards:period", period_id=period.pk)


@require_POST
@reaches(publishes, period=ReportPeriod)
def withdrawal(request: Request, period: ReportPeriod) -> HttpResponse:
    actions.withdraw_report_cards(period=period, by=request.person, at=clock.now())
    messages.success(request, _("The report cards are hidden again. Nobody had read one."))
    return redirect("report_cards:period", period_id=period.pk)


def _period_page(
    request: Request, period: ReportPeriod, form: PublishForm, status: int = 200
) -> HttpResponse:
    page = {
        "state": queries.period_state(period),
        "form": form,
        "may_publish": publishes.admits(request.person),
    }
    return render(request, "report_cards/period.html", page, status=status)

"""The school year: its periods, its holidays."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.acts import act, act_door, done, form_door, go_on, is_confirmed, show, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive

from .. import actions, confirmations, queries
from ..forms.years import ClosingForm, EventForm, OpeningForm, PeriodForm
from ..models import CalendarEvent, ReportPeriod, SchoolYear
from ..rules import may_configure_school, may_manage_structure


@require_safe
@opens(may_configure_school)
def year(request: Request) -> HttpResponse:
    current = queries.current_year()
    if current:
        return redirect("structure:school_year", current.pk)
    return _none_yet(request)


@require_safe
@reaches(may_configure_school, school_year=SchoolYear)
def school_year(request: Request, school_year: SchoolYear) -> HttpResponse:
    return _page(request, school_year)


def _none_yet(request: Request, **forms: Any) -> HttpResponse:
    return show(request, "structure/year.html", offers=queries.years_to_open(), years=[], **forms)


def _page(
    request: Request, school_year: SchoolYear, *, changed: PeriodForm | None = None, **forms: Any
) -> HttpResponse:
    periods = [
        changed if changed and changed.instance == period else PeriodForm.of(period)
        for period in school_year.periods.all()
    ]
    forms = {
        "period_form": PeriodForm(auto_id="new-period-%s"),
        "event_form": EventForm(auto_id="event-%s"),
        **forms,
    }
    may_manage = may_manage_structure.admits(request.person)
    return show(
        request,
        "structure/year.html",
        facts=queries.year_facts(school_year),
        years=queries.school_years(),
        offers=queries.years_to_open(),
        current_period=queries.current_period(),
        periods=periods,
        changed=changed,
        may_close=may_manage,
        may_prepare=may_manage and school_year.ends_on > clock.today() and queries.earlier_year(school_year),
        **forms,
    )


@act_door
@sensitive
@opens(may_configure_school)
def opening(request: Request) -> HttpResponse:
    form = OpeningForm(typed(request))
    if opened := done(request, form, actions.open_school_year):
        words = _("The school year %(name)s is open, with its holidays and usual periods. Check the dates.")
        name = {"name": opened.result.name}
        return go_on(request, words % name, "structure:school_year", opened.result.pk)
    return _none_yet(request, opening_form=form)


@form_door
@sensitive
@reaches(may_manage_structure, school_year=SchoolYear)
def closing(request: Request, school_year: SchoolYear) -> HttpResponse:
    form = ClosingForm.of(school_year, typed(request))
    if not is_confirmed(request):
        return confirm(request, confirmations.closing_year(school_year), form)
    if not (ended := done(request, form, actions.close_school_year, school_year=school_year)):
        return confirm(request, confirmations.closing_year(school_year), form)
    words = ngettext(
        "%(count)d tie of that year has ended.", "%(count)d ties of that year have ended.", ended.result
    )
    return go_on(request, words % {"count": ended.result}, "structure:school_year", school_year.pk)


@act_door
@reaches(may_configure_school, school_year=SchoolYear)
def periods(request: Request, school_year: SchoolYear) -> HttpResponse:
    form = PeriodForm(typed(request), auto_id="new-period-%s")
    if added := done(request, form, actions.add_period, school_year=school_year):
        words = _("The period “%(name)s” is added.") % {"name": added.result.name}
        return go_on(request, words, "structure:school_year", school_year.pk)
    return _page(request, school_year, period_form=form)


@act_door
@reaches(may_configure_school, period=ReportPeriod)
def period(request: Request, period: ReportPeriod) -> HttpResponse:
    form = PeriodForm.of(period, typed(request))
    if changed := done(request, form, actions.change_period, period=period):
        words = _("The period “%(name)s” is up to date.") % {"name": changed.result.name}
        return go_on(request, words, "structure:school_year", period.school_year_id)
    return _page(request, period.school_year, changed=form)


@form_door
@reaches(may_configure_school, period=ReportPeriod)
def period_removal(request: Request, period: ReportPeriod) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.removing_period(period))
    act(request, actions.remove_period, period=period)
    words = _("The period “%(name)s” is removed.") % {"name": period.name}
    return go_on(request, words, "structure:school_year", period.school_year_id)


@act_door
@reaches(may_configure_school, school_year=SchoolYear)
def events(request: Request, school_year: SchoolYear) -> HttpResponse:
    form = EventForm(typed(request), auto_id="event-%s")
    if added := done(request, form, actions.add_event, school_year=school_year):
        words = _("“%(name)s” is in the calendar.") % {"name": added.result.name}
        return go_on(request, words, "structure:school_year", school_year.pk)
    return _page(request, school_year, event_form=form)


@act_door
@reaches(may_configure_school, event=CalendarEvent)
def event_removal(request: Request, event: CalendarEvent) -> HttpResponse:
    act(request, actions.remove_event, event=event)
    words = _("“%(name)s” is out of the calendar.") % {"name": event.name}
    return go_on(request, words, "structure:school_year", event.school_year_id)

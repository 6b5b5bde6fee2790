"""The school year: its periods, its holidays."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request

from .. import actions, queries
from ..forms.years import ClosingForm, EventForm, OpeningForm, PeriodForm
from ..models import CalendarEvent, ReportPeriod, SchoolYear
from ..rules import may_configure_school, may_manage_structure


@require_GET
@opens(may_configure_school)
def year(request: Request) -> HttpResponse:
    current = queries.current_year()
    if current:
        return redirect("structure:school_year", current.pk)
    return render(request, "structure/year.html", {"offers": queries.years_to_open(), "years": []})


@require_GET
@reaches(may_configure_school, school_year=SchoolYear)
def school_year(request: Request, school_year: SchoolYear) -> HttpResponse:
    return render(request, "structure/year.html", _page(request, school_year))


def _page(request: Request, school_year: SchoolYear, *, changed=None, **forms) -> dict:
    periods = [changed if changed and changed.period == p else _row(p) for p in school_year.periods.all()]
    return {
        "facts": queries.year_facts(school_year),
        "years": queries.school_years(),
        "offers": queries.years_to_open(),
        "current_period": queries.current_period(),
        "periods": periods,
        "period_form": PeriodForm(auto_id="new-period-%s"),
        "event_form": EventForm(auto_id="event-%s"),
        "closing_form": ClosingForm.of(school_year),
        "may_close": may_manage_structure.admits(request.person),
    } | forms


def _row(period: ReportPeriod, typed=None) -> PeriodForm:
    form = PeriodForm.of(period, typed)
    form.period = period
    return form


@require_POST
@opens(may_configure_school)
def opening(request: Request) -> HttpResponse:
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return redirect("structure:year")
    opened = actions.open_school_year(by=request.person, at=clock.now(), **form.cleaned_data)
    said = _("The school year %(name)s is open, with its holidays and usual periods. Check the dates.")
    messages.success(request, said % {"name": opened.name})
    return redirect("structure:school_year", opened.pk)


@require_POST
@reaches(may_manage_structure, school_year=SchoolYear)
def closing(request: Request, school_year: SchoolYear) -> HttpResponse:
    form = ClosingForm(request.POST)
    if done(form, lambda typed: _close(request, school_year, typed)):
        return redirect("structure:school_year", school_year.pk)
    context = _page(request, school_year, closing_form=form)
    return render(request, "structure/year.html", context, status=status_of(form))


def _close(request: Request, school_year: SchoolYear, typed: dict) -> None:
    told = {"on": typed["last_day"], "by": request.person, "at": clock.now()}
    ended = actions.close_school_year(school_year=school_year, **told)
    said = ngettext("%(count)d tie of that year has ended.", "%(count)d ties of that year have ended.", ended)
    messages.success(request, said % {"count": ended})


@require_POST
@reaches(may_configure_school, school_year=SchoolYear)
def periods(request: Request, school_year: SchoolYear) -> HttpResponse:
    form = PeriodForm(request.POST, auto_id="new-period-%s")
    told = {"school_year": school_year, "by": request.person, "at": clock.now()}
    if done(form, lambda typed: actions.add_period(**told, **typed)):
        messages.success(request, _("The period “%(name)s” is added.") % form.cleaned_data)
        return redirect("structure:school_year", school_year.pk)
    context = _page(request, school_year, period_form=form)
    return render(request, "structure/year.html", context, status=status_of(form))


@require_POST
@reaches(may_configure_school, period=ReportPeriod)
def period(request: Request, period: ReportPeriod) -> HttpResponse:
    form = _row(ReportPeriod.objects.get(pk=period.pk), request.POST)
    told = {"period": period, "by": request.person, "at": clock.now()}
    if done(form, lambda typed: actions.change_period(**told, **typed)):
        messages.success(request, _("The period “%(name)s” is up to date.") % form.cleaned_data)
        return redirect("structure:school_year", period.school_year_id)
    context = _page(request, period.school_year, changed=form)
    return render(request, "structure/year.html", context, status=status_of(form))


@require_POST
@reaches(may_configure_school, period=ReportPeriod)
def period_removal(request: Request, period: ReportPeriod) -> HttpResponse:
    year_id = period.school_year_id
    actions.remove_period(period=period, by=request.person, at=clock.now())
    messages.success(request, _("The period “%(name)s” is removed.") % {"name": period.name})
    return redirect("structure:school_year", year_id)


@require_POST
@reaches(may_configure_school, school_year=SchoolYear)
def events(request: Request, school_year: SchoolYear) -> HttpResponse:
    form = EventForm(request.POST, auto_id="event-%s")
    told = {"school_year": school_year, "by": request.person, "at": clock.now()}
    if done(form, lambda typed: actions.add_event(**told, **typed)):
        messages.success(request, _("“%(name)s” is in the calendar.") % form.cleaned_data)
        return redirect("structure:school_year", school_year.pk)
    context = _page(request, school_year, event_form=form)
    return render(request, "structure/year.html", context, status=status_of(form))


@require_POST
@reaches(may_configure_school, event=CalendarEvent)
def event_removal(request: Request, event: CalendarEvent) -> HttpResponse:
    year_id = event.school_year_id
    actions.remove_event(event=event, by=request.person, at=clock.now())
    messages.success(request, _("“%(name)s” is out of the calendar.") % {"name": event.name})
    return redirect("structure:school_year", year_id)

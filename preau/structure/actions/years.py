"""Opening a school year, cutting it in periods, marking its holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.people.ties import check_order
from preau.structure.calendars import YearCalendar, calendar_for, calendar_on, usual_periods
from preau.structure.models import CalendarEvent, ReportPeriod, SchoolYear
from preau.trail.actions import note


class YearAlreadyOpen(Refusal):
    words = _("The school year %(name)s is already open.")


class OutsideItsYear(Refusal):
    words = _("The school year %(name)s runs from %(first)s to %(last)s: choose days between the two.")


class PeriodsOverlap(Refusal):
    words = _("These days already belong to “%(other)s”. Change the dates of one of the two periods.")


class PeriodInUse(Refusal):
    words = _("“%(name)s” already holds assessments or report cards: it stays. Change its dates instead.")


OPEN_SCHOOL_YEAR = TracedAct("structure.open_school_year", _("opened the school year %(subject)s"))


@transaction.atomic
def open_school_year(*, first_year: int, by: Person | None, at: datetime) -> SchoolYear:
    """
    Open the school year that begins in August of `first_year`: its days, holidays and usual report periods.

    :raises YearAlreadyOpen: when it was opened before
    """
    calendar = calendar_for(first_year)
    if SchoolYear.objects.filter(name=calendar.name).exists():
        raise YearAlreadyOpen(name=calendar.name)
    year = SchoolYear.objects.create(
        name=calendar.name, starts_on=calendar.starts_on, ends_on=calendar.ends_on
    )
    _mark_pauses(year, calendar)
    _cut_in_periods(year, calendar)
    note(OPEN_SCHOOL_YEAR, by=by, subject=year.name)
    return year


@transaction.atomic
def record_school_year(
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    periods: Iterable[tuple[str, date, date]],
    by: Person | None,
    at: datetime,
) -> SchoolYear:
    """
    Record a school year as another program describes it: its days, and its report periods in order of time.

    :raises YearAlreadyOpen: when there is one of that name
    """
    if SchoolYear.objects.filter(name=name).exists():
        raise YearAlreadyOpen(name=name)
    year = SchoolYear.objects.create(name=name, starts_on=starts_on, ends_on=ends_on)
    for rank, (title, first, last) in enumerate(periods, start=1):
        add_period(school_year=year, code=f"P{rank}", name=title, starts_on=first, ends_on=last, by=by, at=at)
    note(OPEN_SCHOOL_YEAR, by=by, subject=year.name)
    return year


def ensure_current_year(*, by: Person | None, at: datetime) -> SchoolYear:
    """Return the school year in course, opened from the calendar of the Fédération if there is none."""
    day = at.date()
    year: SchoolYear | None = SchoolYear.objects.on(day).first()
    if year:
        return year
    calendar = calendar_on(day)
    known = SchoolYear.objects.filter(name=calendar.name).first()
    return known or open_school_year(first_year=calendar.starts_on.year, by=by, at=at)


def _mark_pauses(year: SchoolYear, calendar: YearCalendar) -> None:
    kinds = CalendarEvent.Kind
    for pause in calendar.pauses:
        CalendarEvent.objects.create(
            school_year=year,
            kind=kinds.DAY_OFF if pause.is_one_day else kinds.HOLIDAY,
            name=pause.name,
            starts_on=pause.starts_on,
            ends_on=pause.ends_on,
        )


def _cut_in_periods(year: SchoolYear, calendar: YearCalendar) -> None:
    for stretch in usual_periods(calendar):
        ReportPeriod.objects.create(
            school_year=year,
            code=stretch.code,
            name=stretch.name,
            kind=stretch.kind,
            starts_on=stretch.starts_on,
            ends_on=stretch.ends_on,
            is_deliberative=stretch.is_deliberative,
            weight=stretch.weight,
        )


CHANGE_PERIOD = TracedAct("structure.change_period", _("changed the period %(subject)s"))


@transaction.atomic
def change_period(*, period: ReportPeriod, by: Person | None, at: datetime, **changes: Any) -> ReportPeriod:
    """Change a report period: name, dates, kind, weight. Two periods never share a day."""
    for name, value in changes.items():
        setattr(period, name, value)
    _check_span(period)
    period.save()
    note(CHANGE_PERIOD, by=by, subject=period.name, fields=sorted(changes))
    return period


ADD_PERIOD = TracedAct("structure.add_period", _("added the period %(subject)s"))


@transaction.atomic
def add_period(*, school_year: SchoolYear, by: Person | None, at: datetime, **fields: Any) -> ReportPeriod:
    """Add a report period to a year, where its dates put it among those it has."""
    period = ReportPeriod(school_year=school_year, **fields)
    _check_span(period)
    period.save()
    note(ADD_PERIOD, by=by, subject=period.name)
    return period


REMOVE_PERIOD = TracedAct("structure.remove_period", _("removed the period %(subject)s"))


@transaction.atomic
def remove_period(*, period: ReportPeriod, by: Person | None, at: datetime) -> None:
    """Remove a report period in which nothing was done yet."""
    collected = Collector(using=DEFAULT_DB_ALIAS)
    try:
        collected.collect([period])
    except ProtectedError as in_use:
        raise PeriodInUse(name=period.name) from in_use
    others = any(model is not ReportPeriod for model in collected.data)
    if others or any(records.exists() for records in collected.fast_deletes):
        raise PeriodInUse(name=period.name)
    period.delete()
    note(REMOVE_PERIOD, by=by, subject=period.name)


def _check_span(period: ReportPeriod) -> None:
    check_within(period.school_year, period.starts_on, period.ends_on)
    others = period.school_year.periods.exclude(pk=period.pk)
    other = others.filter(starts_on__lt=period.ends_on, ends_on__gt=period.starts_on).first()
    if other:
        raise PeriodsOverlap(other=other.name)


def check_within(year: SchoolYear, starts_on: date, ends_on: date) -> None:
    """Refuse a span that is upside down or leaves its year."""
    check_order(starts_on, ends_on)
    if starts_on < year.starts_on or ends_on > year.ends_on:
        raise OutsideItsYear(
            name=year.name,
            first=date_format(year.starts_on, "SHORT_DATE_FORMAT"),
            last=date_format(last_day(year.ends_on), "SHORT_DATE_FORMAT"),
        )


def last_day(ends_on: date) -> date:
    """Return the last day of a span whose end is excluded."""
    return date.fromordinal(ends_on.toordinal() - 1)


ADD_EVENT = TracedAct("structure.add_event", _("put %(subject)s in the calendar"))


@transaction.atomic
def add_event(
    *,
    school_year: SchoolYear,
    kind: str,
    name: str,
    starts_on: date,
    ends_on: date,
    by: Person | None,
    at: datetime,
) -> CalendarEvent:
    """Mark a holiday, a day off or a day without lessons; `ends_on` is the first day after it."""
    check_within(school_year, starts_on, ends_on)
    event = CalendarEvent.objects.create(
        school_year=school_year, kind=kind, name=name, starts_on=starts_on, ends_on=ends_on
    )
    note(ADD_EVENT, by=by, subject=name)
    return event


REMOVE_EVENT = TracedAct("structure.remove_event", _("took %(subject)s out of the calendar"))


@transaction.atomic
def remove_event(*, event: CalendarEvent, by: Person | None, at: datetime) -> None:
    """Take a holiday or a day off out of the calendar."""
    note(REMOVE_EVENT, by=by, subject=event.name)
    event.delete()

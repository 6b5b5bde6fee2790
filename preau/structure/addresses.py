"""What the keys of an address name in the school; there is nothing where one does not belong to the other."""

from collections.abc import Sequence

from django.http import Http404

from preau.kit.http import Request
from preau.people.models import Person

from .models import CourseGroup, ReportPeriod
from .queries import current_period, members_of, school_years

LONGEST_KEY = 19


def period_or_404(group: CourseGroup, period_id: int) -> ReportPeriod:
    """Return a period of the group's own school year."""
    for year in school_years():
        for period in year.periods.all():
            if period.pk == period_id and year.pk == group.school_year_id:
                return period
    raise Http404


def period_asked(request: Request, periods: Sequence[ReportPeriod]) -> ReportPeriod | None:
    """Return the one of these periods that the address asks for (`?period=`), else the one in course."""
    key = number_or_none(request.GET.get("period"))
    return next((period for period in periods if period.pk == key), None) or current_period()


def member_or_404(group: CourseGroup, period: ReportPeriod, pupil_id: int) -> Person:
    """Return a pupil who belonged to the group during the period."""
    pupil: Person | None = members_of(group, during=period).filter(pk=pupil_id).first()
    if pupil is None:
        raise Http404
    return pupil


def number_or_404(text: str | None) -> int:
    """Return a key that a form sent, if it is one."""
    number = number_or_none(text)
    if number is None:
        raise Http404
    return number


def number_or_none(text: str | None) -> int | None:
    """Return a number that a form sent, nothing when it is none."""
    is_one = text is not None and text.isascii() and text.isdigit() and len(text) < LONGEST_KEY
    return int(text or "") if is_one else None

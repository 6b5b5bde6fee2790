"""Nested keys of an address: each must belong to the one before it, else there is nothing there."""

from collections.abc import Sequence

from django.http import Http404
from django.shortcuts import get_object_or_404

from preau.grading.models import Scale, Scheme
from preau.kit.http import Request
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod
from preau.structure.queries import current_period, members_of, school_years

from ..models import Assessment, Grade, Rubric
from ..queries import rubric_of

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
    if text is None or not (text.isascii() and text.isdigit() and len(text) < LONGEST_KEY):
        raise Http404
    return int(text)


def grade_or_404(assessment: Assessment, pupil: Person) -> Grade:
    """Return what stands in a cell, whoever asks has been let in by a rule about the assessment."""
    return get_object_or_404(Grade, assessment=assessment, pupil=pupil)


def page_or_part(request: Request, template: str, part: str) -> str:
    """Return the template of a whole page, or of the part that a dialog asks for through HTMX."""
    return f"{template}#{part}" if request.htmx else template


def scheme_or_404(scheme_id: int) -> Scheme:
    """Return a scheme by its key, whoever asks has been let in by a rule about the person alone."""
    return get_object_or_404(Scheme, pk=scheme_id)


def scale_or_404(scale_id: int) -> Scale:
    """Return a scale by its key, whoever asks has been let in by a rule about the person alone."""
    return get_object_or_404(Scale, pk=scale_id)


def rubric_or_404(assessment: Assessment) -> Rubric:
    """Return the rubric with which an assessment is graded."""
    rubric = rubric_of(assessment)
    if rubric is None:
        raise Http404
    return rubric


def number_or_none(text: str | None) -> int | None:
    """Return a number that a form sent, nothing when it is none."""
    is_one = text is not None and text.isascii() and text.isdigit() and len(text) < LONGEST_KEY
    return int(text or "") if is_one else None

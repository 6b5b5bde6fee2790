"""Nested keys of an address: each must belong to the one before it, else there is nothing there."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from preau.grading.models import Scale, Scheme
from preau.kit.http import Request
from preau.people.models import Person
from preau.structure.addresses import member_or_404
from preau.structure.models import CourseGroup, ReportPeriod

from ..models import Assessment, Grade, Rubric
from ..queries import reads_result, rows_at, rubric_of


def grade_or_404(assessment: Assessment, pupil: Person) -> Grade:
    """Return what stands in a cell, whoever asks has been let in by a rule about the assessment."""
    return get_object_or_404(Grade, assessment=assessment, pupil=pupil)


def result_or_404(request: Request, group: CourseGroup, period: ReportPeriod, pupil_id: int) -> Person:
    """Return a pupil of a group whose result whoever asks may read: a titulaire those of the class."""
    pupil = member_or_404(group, period, pupil_id)
    if not reads_result(request.person, group, period, pupil):
        raise Http404
    return pupil


def row_at_or_404(request: Request, assessment: Assessment, pupil_id: int) -> Person:
    """Return a pupil whose cell at an assessment whoever asks may read."""
    pupil = member_or_404(assessment.group, assessment.period, pupil_id)
    read = rows_at(assessment, request.person)
    if read is not None and pupil.pk not in read:
        raise Http404
    return pupil


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

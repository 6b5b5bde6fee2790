"""Figures as pictures, each with its table."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from preau.kit.access import reaches
from preau.kit.acts import moment_of, show
from preau.kit.http import Request
from preau.people.models import Person
from preau.structure.addresses import period_or_404
from preau.structure.models import CourseGroup

from .. import actions, queries
from ..models import Assessment
from ..rules import may_read_assessment, may_read_gradebook, may_read_results


@require_safe
@reaches(may_read_assessment, assessment=Assessment)
def test_figures(request: Request, assessment: Assessment) -> HttpResponse:
    """Show how the grades of one assessment are spread."""
    read = queries.rows_at(assessment, request.person)
    return show(request, "gradebook/figures.html", figures=queries.test_figures(assessment, read))


@require_safe
@reaches(may_read_gradebook, group=CourseGroup)
def trend(request: Request, group: CourseGroup) -> HttpResponse:
    """Show what a class made of each assessment of the year."""
    actions.note_look_at_sheet(group=group, by=request.person, at=moment_of(request))
    read = queries.rows_read(group, request.person)
    return show(request, "gradebook/trend.html", group=group, **queries.trend_of(group, read))


@require_safe
@reaches(may_read_gradebook, group=CourseGroup)
def heat(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    """Show pupils by competences."""
    actions.note_look_at_sheet(group=group, by=request.person, at=moment_of(request))
    period = period_or_404(group, period_id)
    page = queries.heat_map(group, period, queries.rows_read(group, request.person))
    return show(request, "gradebook/competence_heat.html", map=page)


@require_safe
@reaches(may_read_results, pupil=Person)
def past(request: Request, pupil: Person) -> HttpResponse:
    """Show a pupil against their own past: each course, period by period."""
    actions.note_look_at_results(pupil=pupil, by=request.person, at=moment_of(request))
    context = {"pupil": pupil, **queries.past_of(pupil, request.person)}
    return show(request, "gradebook/past.html", **context)

"""What pupils and parents read."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.views.decorators.http import require_safe

from preau.kit import slots
from preau.kit.access import opens, reaches
from preau.kit.acts import moment_of, show
from preau.kit.http import Request
from preau.people.models import Person
from preau.structure.addresses import period_asked
from preau.structure.queries import grown_ups_of

from .. import actions, queries
from ..places import RESULTS, PeriodOfPupil
from ..rules import may_open_results, may_read_results
from .finding import page_or_part


@require_safe
@opens(may_open_results)
def my_results(request: Request) -> HttpResponse:
    """Go to one's own results, or to those of one's first child."""
    pupils = queries.pupils_read_by(request.person)
    if not pupils:
        context = {"grown_ups": grown_ups_of(request.person, "sees_marks")}
        return show(request, "gradebook/no_results.html", **context)
    return redirect("gradebook:results", pupils[0].pk)


@require_safe
@reaches(may_read_results, pupil=Person)
def results(request: Request, pupil: Person) -> HttpResponse:
    actions.note_look_at_results(pupil=pupil, by=request.person, at=moment_of(request))
    periods = queries.periods_begun()
    period = period_asked(request, periods)
    shown = PeriodOfPupil(pupil, period) if period else None
    context = {
        "pupil": pupil,
        "period": period,
        "tabs": queries.period_tabs(periods, period),
        "grown_ups": grown_ups_of(request.person, "sees_marks"),
        "siblings": queries.pupils_read_by(request.person),
        "courses": queries.readable_results(pupil, period, request.person) if period else [],
        "extras": queries.extras_of(pupil, period, request.person) if period else {},
        "pieces": slots.pieces(RESULTS, request, shown) if shown else [],
        "competences": queries.readable_competences(pupil, period, request.person) if period else {},
    }
    return show(request, "gradebook/results.html", **context)


@require_safe
@reaches(may_read_results, pupil=Person)
def course_why(request: Request, pupil: Person, period_id: int, course_id: int) -> HttpResponse:
    """Explain the result of a pupil in a course as far as the reader may know: family, tutor, head."""
    period = next((each for each in queries.periods_begun() if each.pk == period_id), None)
    courses = queries.explained_results(pupil, period, request.person) if period else []
    course = next((each for each in courses if each.group.course_id == course_id), None)
    if course is None:
        raise Http404
    actions.note_look_at_results(pupil=pupil, by=request.person, at=moment_of(request))
    template = page_or_part(request, "gradebook/why.html", "explanation")
    back = f"{resolve_url('gradebook:results', pupil.pk)}?period={period_id}"
    context = {"course": course, "pupil": pupil, "period": period, "group": course.group, "back": back}
    return show(request, template, **context)

"""Saving cells as they are typed, and telling what they were before."""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.grading.queries import Schemes
from preau.kit import slots
from preau.kit.access import reaches
from preau.kit.acts import act, act_door, done, go_on, moment_of, show, typed, understood
from preau.kit.http import Request
from preau.people.models import Person
from preau.structure.addresses import member_or_404, period_or_404
from preau.structure.models import CourseGroup

from .. import actions, queries
from ..drawing import answer_as_data
from ..forms.cells import RemarkForm, RestorationForm, cells_sent
from ..models import Assessment
from ..places import CELL, CellPlace
from ..rules import may_grade, may_keep_gradebook, may_read_assessment
from .finding import grade_or_404, page_or_part, row_at_or_404


@act_door
@reaches(may_keep_gradebook, group=CourseGroup)
def cells(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    """Write some cells and comments; answer for each how it stands now."""
    period = period_or_404(group, period_id)
    answers = act(request, actions.write_cells, group=group, period=period, asked=cells_sent(request))
    plan = Schemes(period.starts_on).for_course(group.course).plan
    return JsonResponse({"cells": [answer_as_data(answer, plan) for answer in answers]})


def kept_in_words(report: actions.SheetReport) -> str:
    """Say how many cells of a page are kept."""
    if not report.written:
        return _("Everything stands as you typed it.")
    words = ngettext("%(count)s cell is kept.", "%(count)s cells are kept.", report.written)
    return words % {"count": report.written}


@require_safe
@reaches(may_read_assessment, assessment=Assessment)
def history(request: Request, assessment: Assessment, pupil_id: int) -> HttpResponse:
    """Show all that a grade has been: who, when, from what to what, and why."""
    pupil = row_at_or_404(request, assessment, pupil_id)
    return _history(request, assessment, pupil)


def _history(
    request: Request, assessment: Assessment, pupil: Person, remark: RemarkForm | None = None
) -> HttpResponse:
    grade = queries.history_of(assessment, pupil.pk)
    actions.note_look_at_results(pupil=pupil, by=request.person, at=moment_of(request))
    return show(
        request,
        page_or_part(request, "gradebook/history.html", "past"),
        assessment=assessment,
        pupil=pupil,
        grade=grade,
        keeps=may_grade.allows(request.person, assessment),
        pieces=slots.pieces(CELL, request, CellPlace(assessment, pupil)),
        form=remark or RemarkForm(initial={"remark": grade.remark if grade else ""}),
    )


@act_door
@reaches(may_grade, assessment=Assessment)
def restoration(request: Request, assessment: Assessment, pupil_id: int) -> HttpResponse:
    """Write again what stood in a cell before."""
    pupil = member_or_404(assessment.group, assessment.period, pupil_id)
    grade = grade_or_404(assessment, pupil)
    asked = understood(RestorationForm(typed(request), grade=grade))
    act(request, actions.restore_grade, grade=grade, **asked)
    words = _("The grade of %(name)s is what it was.") % {"name": pupil.full_name}
    return go_on(request, words, "gradebook:sheet", assessment.group_id, assessment.period_id)


@act_door
@reaches(may_grade, assessment=Assessment)
def remark(request: Request, assessment: Assessment, pupil_id: int) -> HttpResponse:
    """Write a short remark beside a grade, for the pupil and the parents."""
    pupil = member_or_404(assessment.group, assessment.period, pupil_id)
    form = RemarkForm(typed(request))
    if not done(request, form, actions.write_remark, assessment=assessment, pupil=pupil):
        return _history(request, assessment, pupil, form)
    words = _("The remark for %(name)s is kept.") % {"name": pupil.full_name}
    return go_on(request, words, "gradebook:sheet", assessment.group_id, assessment.period_id)

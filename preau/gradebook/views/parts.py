"""The competences of one assessment: choosing them, and typing what each pupil reached."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.kit.access import reaches
from preau.kit.acts import act, act_door, done, form_door, go_on, moment_of, show, typed
from preau.kit.http import Request

from .. import actions, queries
from ..forms.cells import CellsForm, cells_sent
from ..forms.parts import PartsForm
from ..forms.rubrics import RubricChoiceForm
from ..models import Assessment
from ..rules import may_grade, may_read_assessment
from .cells import kept_in_words
from .finding import page_or_part, row_at_or_404


@form_door
@reaches(may_grade, assessment=Assessment)
def parts(request: Request, assessment: Assessment) -> HttpResponse:
    """Say which competences an assessment looks at, or with which rubric it is graded."""
    form = PartsForm(typed(request), assessment=assessment)
    if not done(request, form, actions.choose_parts, assessment=assessment):
        return parts_and_rubric(request, assessment, form=form)
    if not form.parts:
        words = _("“%(title)s” looks at no competence.") % {"title": assessment.title}
        return go_on(request, words, "gradebook:parts", assessment.pk)
    words = _("“%(title)s” looks at these competences: type what pupils reach.")
    return go_on(request, words % {"title": assessment.title}, "gradebook:part_marks", assessment.pk)


def parts_and_rubric(request: Request, assessment: Assessment, **forms: Any) -> HttpResponse:
    """Show what an assessment is made of, with both forms, one of which may have come back."""
    rubric = queries.rubric_of(assessment)
    if "form" not in forms:
        forms["form"] = PartsForm(assessment=assessment)
    return show(
        request,
        "gradebook/competence_parts.html",
        assessment=assessment,
        rubric=rubric,
        **{"rubric_form": RubricChoiceForm(initial={"rubric": rubric}), **forms},
    )


@require_safe
@reaches(may_grade, assessment=Assessment)
def marks(request: Request, assessment: Assessment) -> HttpResponse:
    """Show pupils by competences, to type in."""
    return show(request, "gradebook/competence_marks.html", page=queries.parts_page(assessment))


@act_door
@reaches(may_grade, assessment=Assessment)
def cells(request: Request, assessment: Assessment) -> HttpResponse:
    """Write some cells; answer for each how it stands now."""
    answers = act(request, actions.write_parts, assessment=assessment, asked=cells_sent(request))
    return JsonResponse({"cells": answers})


@act_door
@reaches(may_grade, assessment=Assessment)
def whole(request: Request, assessment: Assessment) -> HttpResponse:
    """Write the whole page sent by a browser without scripts."""
    form = CellsForm(typed(request))
    written = done(request, form, actions.write_whole_parts, assessment=assessment)
    if written and not written.result.refused:
        return go_on(request, kept_in_words(written.result), "gradebook:part_marks", assessment.pk)
    page = queries.parts_page(assessment)
    if written:
        page = queries.parts_page(assessment, form.give_back(written.result, page.names_of_cells()))
    return show(request, "gradebook/competence_marks.html", page=page, form=form)


@require_safe
@reaches(may_grade, assessment=Assessment)
def changes(request: Request, assessment: Assessment) -> HttpResponse:
    """Tell what has changed on the page since the stamp one has seen."""
    if request.GET.get("seen") == queries.parts_stamp(assessment):
        return HttpResponse(status=204)
    return JsonResponse(queries.parts_as_data(queries.parts_page(assessment)))


@require_safe
@reaches(may_read_assessment, assessment=Assessment)
def sub_history(request: Request, assessment: Assessment, pupil_id: int) -> HttpResponse:
    """Show all that the sub-grades of a pupil have been."""
    pupil = row_at_or_404(request, assessment, pupil_id)
    template = page_or_part(request, "gradebook/competence_history.html", "past")
    sub_grades = queries.sub_history(assessment, pupil.pk)
    actions.note_look_at_results(pupil=pupil, by=request.person, at=moment_of(request))
    grades = may_grade.allows(request.person, assessment)
    told = {"assessment": assessment, "pupil": pupil, "sub_grades": sub_grades, "may_grade": grades}
    return show(request, template, **told)

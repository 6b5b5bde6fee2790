"""Assessments: planning, changing, publishing; and one assessment at a time, for a phone."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.grading.queries import levels_of
from preau.kit import slots
from preau.kit.access import reaches
from preau.kit.acts import (
    act,
    act_door,
    done,
    form_door,
    go_on,
    is_confirmed,
    moment_of,
    show,
    typed,
    understood,
)
from preau.kit.http import Request
from preau.structure.addresses import period_or_404
from preau.structure.models import CourseGroup

from .. import actions, confirmations, queries
from ..forms.assessments import AssessmentForm, CopiesForm, NewAssessmentForm, PlaceForm, PublicationForm
from ..models import Assessment, Publication
from ..places import PUPILS
from ..rules import may_grade, may_keep_gradebook
from .planning import begun_from, day_of, pieces_of, warn_of_load


@form_door
@reaches(may_keep_gradebook, group=CourseGroup)
def new_assessment(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    period, earlier = period_or_404(group, period_id), begun_from(request)
    usual = queries.as_begun_from(earlier) if earlier else queries.usual_assessment(group)
    mine = may_grade.among(Assessment.objects.all(), request.person)
    form = NewAssessmentForm(typed(request), period=period, initial=usual, mine=mine)
    if planned := done(request, form, actions.plan_assessment, group=group, period=period):
        warn_of_load(request, planned.result)
        words = _("“%(title)s” is in the gradebook.") % {"title": planned.result.title}
        sheet = resolve_url("gradebook:sheet", group.pk, period.pk)
        return go_on(request, words, f"{sheet}#cell-{planned.result.pk}")
    return show(
        request,
        "gradebook/assessment_form.html",
        form=form,
        group=group,
        period=period,
        earlier=queries.earlier_assessments(group, request.person),
        begun_from=earlier,
        **day_of(request, group, str(form["held_on"].value() or "")),
    )


@form_door
@reaches(may_grade, assessment=Assessment)
def settings(request: Request, assessment: Assessment) -> HttpResponse:
    form = AssessmentForm.of(assessment, typed(request), period=assessment.period)
    if done(request, form, actions.change_assessment, assessment=assessment):
        if "held_on" in form.changed_data:
            warn_of_load(request, assessment)
        return _to_sheet(request, assessment, _("“%(title)s” is up to date."))
    return _settings(request, assessment, form=form)


def _settings(request: Request, assessment: Assessment, **forms: Any) -> HttpResponse:
    """Show the settings of an assessment, with all its forms, one of which may have come back."""
    parallel = queries.parallel_groups(assessment.group, request.person)
    if "form" not in forms:
        forms["form"] = AssessmentForm.of(assessment, period=assessment.period)
    return show(
        request,
        "gradebook/assessment_form.html",
        assessment=assessment,
        group=assessment.group,
        period=assessment.period,
        publication=queries.publication_of(assessment),
        parts=queries.parts_of(assessment),
        rubric=queries.rubric_of(assessment),
        statement=queries.statement_of(assessment),
        pieces=pieces_of(request, assessment.group, assessment.held_on),
        **{"publishing": PublicationForm(), "copying": CopiesForm(parallel=parallel), **forms},
    )


def _to_sheet(request: Request, assessment: Assessment, words: str, **facts: object) -> HttpResponse:
    """Say what is now true of an assessment, and go to its sheet."""
    said = words % {"title": assessment.title, **facts}
    return go_on(request, said, "gradebook:sheet", assessment.group_id, assessment.period_id)


@require_safe
@reaches(may_grade, assessment=Assessment)
def assessment(request: Request, assessment: Assessment) -> HttpResponse:
    """Show one assessment, pupil under pupil: big keys for a phone, and a plain form without scripts."""
    return show(
        request,
        "gradebook/assessment.html",
        sheet=queries.column_of(assessment),
        assessment=assessment,
        levels=levels_of(assessment.scale_id),
        pieces=slots.pieces_by_key(PUPILS, request, assessment.group),
    )


@act_door
@reaches(may_grade, assessment=Assessment)
def place(request: Request, assessment: Assessment) -> HttpResponse:
    """Move the column of an assessment one place to the left or to the right."""
    asked = understood(PlaceForm(typed(request)))
    column = act(request, actions.place_assessment, assessment=assessment, **asked)
    return _to_sheet(request, assessment, _("“%(title)s” stands in column %(column)s now."), column=column)


@act_door
@reaches(may_grade, assessment=Assessment)
def copies(request: Request, assessment: Assessment) -> HttpResponse:
    """Plan the same assessment in parallel groups that one keeps too."""
    parallel = queries.parallel_groups(assessment.group, request.person)
    form = CopiesForm(typed(request), parallel=parallel)
    copied = done(request, form, actions.copy_assessment, assessment=assessment)
    if not copied:
        return _settings(request, assessment, copying=form)
    names = ", ".join(copy.group.name for copy in copied.result)
    return _to_sheet(request, assessment, _("“%(title)s” is planned in: %(groups)s."), groups=names)


@act_door
@reaches(may_grade, assessment=Assessment)
def publication(request: Request, assessment: Assessment) -> HttpResponse:
    form = PublicationForm(typed(request))
    if published := done(request, form, actions.publish_grades, assessment=assessment):
        from_then = date_format(localtime(published.result.published_at), "SHORT_DATETIME_FORMAT")
        return _to_sheet(request, assessment, _who_reads(request, published.result), day=from_then)
    return _settings(request, assessment, publishing=form)


def _who_reads(request: Request, publication: Publication) -> str:
    if publication.published_at > moment_of(request):
        return _("“%(title)s” becomes visible on %(day)s.")
    if publication.parents_at > publication.published_at:
        return _("Pupils can read “%(title)s” now; their parents from the moment the school has set.")
    return _("Pupils and parents can read “%(title)s” now.")


@act_door
@reaches(may_grade, assessment=Assessment)
def withdrawal(request: Request, assessment: Assessment) -> HttpResponse:
    act(request, actions.withdraw_publication, assessment=assessment)
    return _to_sheet(request, assessment, _("“%(title)s” is hidden from pupils and parents again."))


@act_door
@reaches(may_grade, assessment=Assessment)
def neutralisation(request: Request, assessment: Assessment) -> HttpResponse:
    act(request, actions.neutralise, assessment=assessment)
    return _to_sheet(request, assessment, _("“%(title)s” is kept, and counts in no result any more."))


@act_door
@reaches(may_grade, assessment=Assessment)
def reinstatement(request: Request, assessment: Assessment) -> HttpResponse:
    act(request, actions.reinstate, assessment=assessment)
    return _to_sheet(request, assessment, _("“%(title)s” counts again."))


@form_door
@reaches(may_grade, assessment=Assessment)
def removal(request: Request, assessment: Assessment) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.removing_assessment(assessment))
    sheet = (assessment.group_id, assessment.period_id)
    words = _("“%(title)s” is gone from the gradebook.") % {"title": assessment.title}
    act(request, actions.remove_assessment, assessment=assessment)
    return go_on(request, words, "gradebook:sheet", *sheet)

"""Rubrics: making them, grading with them, reading what one was graded."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.kit.access import opens, reaches
from preau.kit.acts import act, act_door, done, form_door, go_on, moment_of, show, typed
from preau.kit.http import Request
from preau.structure.addresses import member_or_404

from .. import actions, queries
from ..forms.rubrics import FillingForm, RubricChoiceForm, RubricForm
from ..models import Assessment, Rubric, RubricFilling
from ..rules import may_grade, may_keep_rubric, may_keep_scales, may_read_filling, may_use_rubrics
from .finding import rubric_or_404
from .parts import parts_and_rubric


@require_safe
@opens(may_use_rubrics)
def rubrics(request: Request) -> HttpResponse:
    leads = may_keep_scales.admits(request.person)
    return show(
        request,
        "gradebook/rubrics.html",
        rubrics=queries.rubrics_known()[:300],
        leads=leads,
        tabs=queries.competence_tabs("rubrics", with_scales=leads),
    )


@form_door
@opens(may_use_rubrics)
def new_rubric(request: Request) -> HttpResponse:
    return _form(request, None)


@form_door
@reaches(may_keep_rubric, rubric=Rubric)
def rubric(request: Request, rubric: Rubric) -> HttpResponse:
    return _form(request, rubric)


def _form(request: Request, rubric: Rubric | None) -> HttpResponse:
    form = RubricForm(typed(request), rubric=rubric)
    if done(request, form, actions.keep_rubric, rubric=rubric):
        words = _("The rubric is kept: choose it on the page of an assessment.")
        return go_on(request, words, "gradebook:rubrics")
    return show(request, "gradebook/rubric.html", form=form, rubric=rubric)


@act_door
@reaches(may_use_rubrics, rubric=Rubric)
def copy(request: Request, rubric: Rubric) -> HttpResponse:
    """Make a rubric of one's own out of a colleague's."""
    made = act(request, actions.copy_rubric, rubric=rubric)
    words = _("“%(title)s” is yours: change what differs.") % {"title": made.title}
    return go_on(request, words, "gradebook:rubric", made.pk)


@act_door
@reaches(may_grade, assessment=Assessment)
def attachment(request: Request, assessment: Assessment) -> HttpResponse:
    """Grade an assessment with a rubric, or no longer."""
    form = RubricChoiceForm(typed(request))
    if not done(request, form, actions.attach_rubric, assessment=assessment):
        return parts_and_rubric(request, assessment, rubric_form=form)
    names = {"title": assessment.title, "rubric": form.cleaned_data["rubric"]}
    if names["rubric"]:
        words = _("“%(title)s” is graded with the rubric “%(rubric)s”.") % names
        return go_on(request, words, "gradebook:fillings", assessment.pk)
    words = _("“%(title)s” is graded without a rubric.") % names
    return go_on(request, words, "gradebook:parts", assessment.pk)


@require_safe
@reaches(may_grade, assessment=Assessment)
def fillings(request: Request, assessment: Assessment) -> HttpResponse:
    """List the pupils of an assessment with how far their rubric is."""
    table, lines = queries.rubric_table(rubric_or_404(assessment)), queries.filling_lines(assessment)
    return show(request, "gradebook/rubric_pupils.html", assessment=assessment, table=table, lines=lines)


@form_door
@reaches(may_grade, assessment=Assessment)
def fill(request: Request, assessment: Assessment, pupil_id: int) -> HttpResponse:
    """Fill in the rubric of one pupil, and go on to the next."""
    pupil = member_or_404(assessment.group, assessment.period, pupil_id)
    filling, following = queries.filling_of(assessment, pupil.pk), queries.next_pupil(assessment, pupil)
    table = queries.rubric_table(rubric_or_404(assessment), filling)
    form = FillingForm(typed(request), table=table, filling=filling)
    if done(request, form, actions.fill_rubric, assessment=assessment, pupil=pupil):
        words = _("The rubric of %(name)s is kept.") % {"name": pupil.full_name}
        if following and form.cleaned_data["next"]:
            return go_on(request, words, "gradebook:fill", assessment.pk, following.pk)
        return go_on(request, words, "gradebook:fillings", assessment.pk)
    return show(
        request,
        "gradebook/rubric_fill.html",
        form=form,
        assessment=assessment,
        pupil=pupil,
        next=following,
        filling=filling,
        table=table,
    )


@require_safe
@reaches(may_read_filling, filling=RubricFilling)
def filling(request: Request, filling: RubricFilling) -> HttpResponse:
    """Read how one was graded, criterion by criterion."""
    actions.note_look_at_results(pupil=filling.pupil, by=request.person, at=moment_of(request))
    table = queries.rubric_table(rubric_or_404(filling.assessment), filling)
    return show(request, "gradebook/rubric_read.html", filling=filling, table=table, pupil=filling.pupil)

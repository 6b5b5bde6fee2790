"""The competences of a subject, the scales of the school, and how a scheme makes levels."""

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.grading import queries as grading
from preau.grading.actions import keep_scale, remove_scale
from preau.kit.access import opens, reaches
from preau.kit.acts import act, done, form_door, go_on, is_confirmed, moment_of, show, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive
from preau.structure.models import Subject

from .. import actions, confirmations, queries
from ..forms.schemes import CompetenceRuleForm
from ..forms.tables import CompetencesForm, ScaleForm
from ..rules import may_keep_competences, may_keep_scales, may_keep_schemes, may_read_competences
from .finding import scale_or_404, scheme_or_404


@require_safe
@opens(may_read_competences)
def subjects(request: Request) -> HttpResponse:
    """List the subjects, with how many competences each has."""
    with_scales = may_keep_scales.admits(request.person)
    return show(
        request,
        "gradebook/competence_subjects.html",
        subjects=queries.subjects_with_competences()[:300],
        keeps=may_keep_competences.admits(request.person),
        tabs=queries.competence_tabs("competence_subjects", with_scales=with_scales),
    )


@form_door
@reaches(may_keep_competences, subject=Subject)
def competences(request: Request, subject: Subject) -> HttpResponse:
    """Keep the competences of a subject."""
    form = CompetencesForm(typed(request), subject=subject)
    today = localdate(moment_of(request))
    if done(request, form, actions.keep_competences, subject=subject, on=today):
        words = _("The competences of %(subject)s are kept.") % {"subject": subject.name}
        return go_on(request, words, "gradebook:competences", subject.pk)
    ended = queries.ended_competences(subject)[:50]
    return show(request, "gradebook/competences.html", subject=subject, form=form, ended=ended)


@require_safe
@opens(may_keep_scales)
def scales(request: Request) -> HttpResponse:
    tabs = queries.competence_tabs("scales", with_scales=True)
    return show(request, "gradebook/competence_scales.html", scales=grading.scales(), tabs=tabs)


@form_door
@sensitive
@opens(may_keep_scales)
def scale(request: Request, scale_id: int | None = None) -> HttpResponse:
    """Make a scale, or change one."""
    kept = scale_or_404(scale_id) if scale_id else None
    form = ScaleForm(typed(request), scale=kept)
    if done(request, form, keep_scale, scale=kept):
        words = _("The scale is kept. Assessments can be graded on it.")
        return go_on(request, words, "gradebook:scales")
    return show(request, "gradebook/competence_scale.html", form=form, scale=kept)


@form_door
@sensitive
@opens(may_keep_scales)
def scale_removal(request: Request, scale_id: int) -> HttpResponse:
    removed = scale_or_404(scale_id)
    if not is_confirmed(request):
        return confirm(request, confirmations.removing_scale(removed))
    act(request, remove_scale, scale=removed)
    return go_on(request, _("“%(name)s” is gone.") % {"name": removed.name}, "gradebook:scales")


@form_door
@sensitive
@opens(may_keep_schemes)
def competence_rule(request: Request, scheme_id: int) -> HttpResponse:
    """Say how evaluations of a competence become one level under a scheme."""
    scheme = scheme_or_404(scheme_id)
    form = CompetenceRuleForm(typed(request), scheme=scheme)
    if done(request, form, actions.keep_competence_rule, scheme=scheme):
        words = _("Levels of competences are made so from now on.")
        return go_on(request, words, "gradebook:competence_rule", scheme.pk)
    return show(request, "gradebook/competence_rule.html", form=form, scheme=scheme)

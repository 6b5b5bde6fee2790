"""The competences of a subject, the scales of the school, and how a scheme makes levels."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.grading import queries as grading
from preau.grading.actions import keep_scale, remove_scale
from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request
from preau.structure.models import Subject

from .. import actions, queries
from ..forms.schemes import CompetenceRuleForm
from ..forms.tables import CompetenceLines, LevelLines, ScaleForm, level_lines, lines_of
from ..rules import may_keep_competences, may_keep_scales, may_keep_schemes, may_read_competences
from .finding import scale_or_404, scheme_or_404


@require_GET
@opens(may_read_competences)
def subjects(request: Request) -> HttpResponse:
    """List the subjects, with how many competences each has."""
    context = {
        "subjects": queries.subjects_with_competences()[:300],
        "keeps": may_keep_competences.admits(request.person),
        "tabs": queries.competence_tabs(
            "competence_subjects", with_scales=may_keep_scales.admits(request.person)
        ),
    }
    return render(request, "gradebook/competence_subjects.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_keep_competences, subject=Subject)
def competences(request: Request, subject) -> HttpResponse:
    """Keep the competences of a subject."""
    there = queries.open_competences(subject)
    initial = [{"pk": it.pk, "code": it.code, "name": it.name, "course": it.course_id} for it in there]
    courses = list(subject.courses.all())
    lines = CompetenceLines(request.POST or None, initial=initial, form_kwargs={"courses": courses})
    if lines.is_bound and lines.is_valid():
        actions.keep_competences(
            subject=subject, lines=lines_of(lines), on=clock.today(), by=request.person, at=clock.now()
        )
        messages.info(request, _("The competences of %(subject)s are kept.") % {"subject": subject.name})
        return redirect("gradebook:competences", subject.pk)
    context = {"subject": subject, "lines": lines, "ended": queries.ended_competences(subject)[:50]}
    status = 422 if lines.is_bound else 200
    return render(request, "gradebook/competences.html", context, status=status)


@require_GET
@opens(may_keep_scales)
def scales(request: Request) -> HttpResponse:
    context = {
        "scales": grading.scales(),
        "tabs": queries.competence_tabs("scales", with_scales=True),
    }
    return render(request, "gradebook/competence_scales.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@opens(may_keep_scales)
def scale(request: Request, scale_id: int | None = None) -> HttpResponse:
    """Make a scale, or change one."""
    kept = scale_or_404(scale_id) if scale_id else None
    form = ScaleForm(request.POST or None, scale=kept, initial={"name": kept.name if kept else ""})
    lines = LevelLines(request.POST or None, initial=level_lines(kept))
    if lines.is_bound and lines.is_valid() and done(form, lambda typed: _keep(request, kept, typed, lines)):
        messages.info(request, _("The scale is kept. Assessments can be graded on it."))
        return redirect("gradebook:scales")
    context = {"form": form, "lines": lines, "scale": kept}
    status = 422 if lines.is_bound else 200
    return render(request, "gradebook/competence_scale.html", context, status=status)


def _keep(request: Request, kept, typed: dict, lines) -> None:
    keep_scale(scale=kept, name=typed["name"], levels=lines_of(lines), by=request.person, at=clock.now())


@require_POST
@opens(may_keep_scales)
def scale_removal(request: Request, scale_id: int) -> HttpResponse:
    removed = scale_or_404(scale_id)
    remove_scale(scale=removed, by=request.person, at=clock.now())
    messages.info(request, _("“%(name)s” is gone.") % {"name": removed.name})
    return redirect("gradebook:scales")


@require_http_methods(["GET", "HEAD", "POST"])
@opens(may_keep_schemes)
def competence_rule(request: Request, scheme_id: int) -> HttpResponse:
    """Say how evaluations of a competence become one level under a scheme."""
    scheme = scheme_or_404(scheme_id)
    form = CompetenceRuleForm(request.POST or None, scheme=scheme)
    if done(form, lambda typed: _rule(request, scheme, form)):
        messages.info(request, _("Levels of competences are made so from now on."))
        return redirect("gradebook:competence_rule", scheme.pk)
    context = {"form": form, "scheme": scheme}
    return render(request, "gradebook/competence_rule.html", context, status=status_of(form))


def _rule(request: Request, scheme, form: CompetenceRuleForm) -> None:
    typed = form.cleaned_data
    actions.keep_competence_rule(
        scheme=scheme,
        scale_id=typed["scale"].pk,
        method=typed["method"],
        thresholds=form.thresholds,
        by=request.person,
        at=clock.now(),
    )

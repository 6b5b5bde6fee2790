"""Files that go with an assessment: they come in here, and leave by the door of files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from preau.kit import clock
from preau.kit.access import reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request

from .. import actions
from ..forms.files import AttachmentForm
from ..models import Assessment, Feedback, Statement
from ..rules import may_give_feedback, may_grade
from .finding import member_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_grade, assessment=Assessment)
def statement(request: Request, assessment) -> HttpResponse:
    """Attach the statement of an assessment."""
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and done(form, lambda typed: _attach(request, assessment, typed)):
        messages.info(request, _("The statement is there. Pupils read it once the grades are published."))
        return redirect("gradebook:assessment_settings", assessment.pk)
    known = Statement.objects.filter(assessment=assessment).select_related("file__kept_by").first()
    context = {"form": form, "assessment": assessment, "attachment": known}
    return render(request, "gradebook/attachment.html", context, status=status_of(form))


def _attach(request: Request, assessment: Assessment, typed: dict) -> None:
    actions.attach_statement(assessment=assessment, by=request.person, at=clock.now(), **typed)


@require_POST
@reaches(may_grade, assessment=Assessment)
def statement_removal(request: Request, assessment) -> HttpResponse:
    actions.remove_statement(assessment=assessment, by=request.person, at=clock.now())
    messages.info(request, _("The statement is gone."))
    return redirect("gradebook:assessment_settings", assessment.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@reaches(may_grade, assessment=Assessment)
def feedback(request: Request, assessment, pupil_id: int) -> HttpResponse:
    """Give a file back to one pupil."""
    pupil = member_or_404(assessment.group, assessment.period, pupil_id)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and done(form, lambda typed: _give(request, assessment, pupil, typed)):
        words = _("The file for %(name)s is there. It can be read once the grades are published.")
        messages.info(request, words % {"name": pupil.full_name})
        return redirect("gradebook:assessment", assessment.pk)
    known = (
        Feedback.objects.filter(assessment=assessment, pupil=pupil).select_related("file__kept_by").first()
    )
    context = {"form": form, "assessment": assessment, "pupil": pupil, "attachment": known}
    return render(request, "gradebook/attachment.html", context, status=status_of(form))


def _give(request: Request, assessment: Assessment, pupil, typed: dict) -> None:
    actions.give_feedback(assessment=assessment, pupil=pupil, by=request.person, at=clock.now(), **typed)


@require_POST
@reaches(may_give_feedback, feedback=Feedback)
def feedback_removal(request: Request, feedback) -> HttpResponse:
    actions.take_feedback_back(feedback=feedback, by=request.person, at=clock.now())
    return redirect("gradebook:assessment", feedback.assessment_id)

"""Files that go with an assessment: they come in here, and leave by the door of files."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from preau.design.confirmations import confirm
from preau.kit.access import reaches
from preau.kit.acts import act, done, form_door, go_on, is_confirmed, show, typed
from preau.kit.http import Request
from preau.structure.addresses import member_or_404

from .. import actions, confirmations, queries
from ..forms.files import AttachmentForm
from ..models import Assessment, Feedback
from ..rules import may_give_feedback, may_grade


@form_door
@reaches(may_grade, assessment=Assessment)
def statement(request: Request, assessment: Assessment) -> HttpResponse:
    """Attach the statement of an assessment."""
    form = AttachmentForm(typed(request), request.FILES or None)
    if done(request, form, actions.attach_statement, assessment=assessment):
        words = _("The statement is there. Pupils read it once the grades are published.")
        return go_on(request, words, "gradebook:assessment_settings", assessment.pk)
    known = queries.statement_of(assessment)
    return show(request, "gradebook/attachment.html", form=form, assessment=assessment, attachment=known)


@form_door
@reaches(may_grade, assessment=Assessment)
def statement_removal(request: Request, assessment: Assessment) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.removing_statement(assessment))
    act(request, actions.remove_statement, assessment=assessment)
    return go_on(request, _("The statement is gone."), "gradebook:assessment_settings", assessment.pk)


@form_door
@reaches(may_grade, assessment=Assessment)
def feedback(request: Request, assessment: Assessment, pupil_id: int) -> HttpResponse:
    """Give a file back to one pupil."""
    pupil = member_or_404(assessment.group, assessment.period, pupil_id)
    form = AttachmentForm(typed(request), request.FILES or None)
    if done(request, form, actions.give_feedback, assessment=assessment, pupil=pupil):
        words = _("The file for %(name)s is there. It can be read once the grades are published.")
        return go_on(request, words % {"name": pupil.full_name}, "gradebook:assessment", assessment.pk)
    known = queries.feedback_of(assessment, pupil)
    return show(
        request,
        "gradebook/attachment.html",
        form=form,
        assessment=assessment,
        pupil=pupil,
        attachment=known,
    )


@form_door
@reaches(may_give_feedback, feedback=Feedback)
def feedback_removal(request: Request, feedback: Feedback) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.taking_feedback_back(feedback))
    words = _("The file is taken back from %(name)s.") % {"name": feedback.pupil.full_name}
    act(request, actions.take_feedback_back, feedback=feedback)
    return go_on(request, words, "gradebook:assessment", feedback.assessment_id)

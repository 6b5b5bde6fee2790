"""What great acts in the gradebook do, said before they are done."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.design.confirmations import Question

from . import queries
from .models import Assessment


def removing_assessment(assessment: Assessment) -> Question:
    files = queries.files_of(assessment)
    lost = ngettext("%(count)d file goes with it.", "%(count)d files go with it.", files)
    return Question(
        title=_("Remove “%(title)s” from the gradebook") % {"title": assessment.title},
        button=_("Remove from the gradebook"),
        back=reverse("gradebook:assessment_settings", args=[assessment.pk]),
        does=[_("It is refused once a pupil has a grade in it: leave it out of the result then.")],
        loses=[lost % {"count": files}] if files else [],
        icon="trash",
    )

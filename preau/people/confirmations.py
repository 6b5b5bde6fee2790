"""What great acts on persons do, said before they are done."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from preau.design.confirmations import Question

from .models import Relationship


def ending_relationship(tie: Relationship) -> Question:
    names = {"guardian": tie.guardian.full_name, "pupil": tie.pupil.full_name}
    return Question(
        title=_("%(guardian)s no longer answers for %(pupil)s") % names,
        button=_("No longer answers for the pupil"),
        back=reverse("people:relationship", args=[tie.pk]),
        does=[
            _("From today %(guardian)s will read nothing more about %(pupil)s, and sign nothing.") % names,
            _("What was read and signed stays in the trail."),
        ],
        icon="user-off",
    )

"""What great acts on the opening of modules do, said before they are done."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.design.confirmations import Question
from preau.kit.modules import Module
from preau.people.models import Person


def letting_try(module: Module, persons: Sequence[Person]) -> Question:
    count = len(persons)
    return Question(
        title=_("Let them all try %(module)s") % {"module": module.name},
        button=_("Let them all try"),
        back=reverse("portal:module", args=[module.key]),
        does=[
            ngettext(
                "%(count)d person finds this module from now on, while it is in pilot.",
                "%(count)d persons find this module from now on, while it is in pilot.",
                count,
            )
            % {"count": count},
            _("Each of them can be removed again, one by one; a decision about the stage counts for all."),
        ],
        tone="primary",
        icon="users-plus",
    )

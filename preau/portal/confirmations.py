"""What great acts on the opening of modules do, said before they are done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.design.confirmations import Question
from preau.kit.modules import STAGE_LABELS, Module, Stage
from preau.people.models import Person

from .models import Audience
from .queries.adoption import users_of


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


def shutting_out(module: Module, *, audience: str, stage: str, starts_on: date, **_until: Any) -> Question:
    """Ask before a module is closed, or left to those who try it."""
    count = users_of(module, Audience(audience))
    day = date_format(starts_on, "SHORT_DATE_FORMAT")
    does = [
        _("It counts for: %(audience)s, from %(day)s on.")
        % {"audience": Audience(audience).label, "day": day},
        _("The decision can be taken back at any moment."),
    ]
    if stage == Stage.PILOT:
        does.insert(1, _("Those who are named to try it go on finding it."))
    lost = ngettext(
        "%(count)d person of those opened it in the last 30 days, and finds it no longer then.",
        "%(count)d persons of those opened it in the last 30 days, and find it no longer then.",
        count,
    )
    return Question(
        title=_("%(module)s: %(stage)s") % {"module": module.name, "stage": STAGE_LABELS[Stage(stage)]},
        button=_("Decide"),
        back=reverse("portal:module", args=[module.key]),
        does=does,
        loses=[lost % {"count": count}] if count else [],
    )

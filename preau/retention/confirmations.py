"""What great acts on what is kept do, said before they are done."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.design.confirmations import Question
from preau.kit.retention import Kept
from preau.people.models import Person

from .models import LegalHold
from .queries import APPLIED_AFTER, Period, due_of, held_persons, period_of


def deciding(kind: Kept, at: datetime) -> Question:
    period = period_of(kind)
    due = due_of(kind, period, held_persons(), at).count()
    return Question(
        title=str(kind.words),
        button=_("Decide how long they are kept"),
        back=reverse("retention:periods"),
        does=[
            _kept_now(period),
            _("The days are counted %(since)s.") % {"since": kind.since},
            *_goes_next(due),
            _("A longer period holds at once. A shorter one waits %(days)s days: see meanwhile what goes.")
            % {"days": APPLIED_AFTER.days},
        ],
        loses=[_("What is erased comes back only from a backup.")],
        icon="hourglass",
    )


def _kept_now(period: Period) -> str:
    if period.proposed:
        return _("Nobody has decided yet: until then they are kept for ever.")
    if not period.days:
        return _("Now they are kept for ever.")
    words = ngettext(
        "Now they are kept for %(days)s day.", "Now they are kept for %(days)s days.", period.days
    )
    return words % {"days": period.days}


def _goes_next(due: int) -> list[str]:
    words = ngettext("%(due)s record goes next.", "%(due)s records go next.", due) % {"due": due}
    return [words] if due else []


def holding(person: Person) -> Question:
    return Question(
        title=_("Hold all that is about %(name)s") % {"name": person.full_name},
        button=_("Hold it"),
        back=reverse("people:person", args=[person.pk]),
        does=[
            _("Nothing about %(name)s is erased, whatever the periods say, until you let it go again.")
            % {"name": person.full_name},
            _("It is in the trail, for those who lead the school and the data protection officer."),
        ],
        tone="primary",
        icon="lock",
    )


def lifting(held: LegalHold) -> Question:
    name = held.person.full_name
    return Question(
        title=_("No longer hold what is about %(name)s") % {"name": name},
        button=_("Let it go in its time"),
        back=reverse("retention:periods"),
        does=[
            _("From tomorrow on, what was kept long enough about %(name)s goes with the rest.")
            % {"name": name}
        ],
        loses=[_("It was held because: %(why)s") % {"why": held.because}],
        icon="lock-open",
    )

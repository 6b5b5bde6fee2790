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
from .queries import APPLIED_AFTER, due_of, held_persons, period_of


def deciding(kind: Kept, at: datetime) -> Question:
    period = period_of(kind)
    due = due_of(kind, period, held_persons(), at).count()
    now = (
        ngettext("Now they are kept for %(days)s day.", "Now they are kept for %(days)s days.", period.days)
        % {"days": period.days}
        if period.days
        else _("Now they are kept for ever.")
    )
    return Question(
        title=str(kind.words),
        button=_("Decide how long they are kept"),
        back=reverse("retention:periods"),
        does=[
            f"{now} {str(kind.since).capitalize()}.",
            ngettext("%(due)s record goes next.", "%(due)s records go next.", due) % {"due": due},
            _("A longer period holds at once. A shorter one waits %(days)s days: see meanwhile what goes.")
            % {"days": APPLIED_AFTER.days},
        ],
        loses=[_("What is erased comes back only from a backup.")],
        icon="hourglass",
    )


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

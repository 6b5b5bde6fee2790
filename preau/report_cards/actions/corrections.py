"""Correcting a card that has gone home."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.gradebook.queries import was_erased
from preau.kit.events import announce
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import ReportPeriod
from preau.trail.actions import note

from .. import notices
from ..documents import CANEVAS
from ..events import ReportCardCorrected
from ..models import Release, ReportCard
from ..queries.facts import snapshot_of


class NotPublished(Refusal):
    words = _("This report card is not published yet: make the report cards again, and it says what is true.")


class NothingToCorrect(Refusal):
    words = _(
        "The report card says what stands in the gradebooks. Correct it there first: the head reopens the "
        "gradebook, the teacher corrects and closes it again."
    )


class ReplacedMeanwhile(Refusal):
    words = _("This version has been replaced already. Open the latest one.")


class KeptNoMore(Refusal):
    words = _(
        "What teachers wrote in this period was erased, as it was kept long enough: another card would be "
        "without it. This one stays as it is; a decision of the council goes on paper beside it."
    )


class NoLongerThere(Refusal):
    words = _("%(pupil)s was not enrolled at the end of the period: there is nothing to make a card of.")


CORRECT = TracedAct(
    "report_cards.correct", _("corrected the report card %(subject)s: %(reason)s"), reserved=True
)


@transaction.atomic
def correct_report_card(*, card: ReportCard, reason: str, by: Person, at: datetime) -> ReportCard:
    """
    Make the next version of a published card, from what is true now. The family keeps both, with both dates.

    :raises NotPublished: before the period is published
    :raises NothingToCorrect: when nothing has changed since
    :raises ReplacedMeanwhile: when there is a later version
    :raises NoLongerThere: when the pupil left before the end of the period
    :raises KeptNoMore: when what stood on the card was erased since, as it was kept long enough
    """
    period = ReportPeriod.objects.select_for_update().get(pk=card.period_id)
    if not Release.objects.filter(period=period).exists():
        raise NotPublished
    if ReportCard.objects.filter(pupil=card.pupil_id, period=period, version__gt=card.version).exists():
        raise ReplacedMeanwhile
    if was_erased(period):
        raise KeptNoMore
    snapshot = snapshot_of(period, card.pupil)
    if snapshot is None:
        raise NoLongerThere(pupil=card.pupil.full_name)
    if snapshot.facts == card.facts:
        raise NothingToCorrect
    corrected = ReportCard(
        pupil=snapshot.pupil,
        period=period,
        class_group=snapshot.class_group,
        number=card.number,
        version=card.version + 1,
        facts=snapshot.facts,
        canevas=CANEVAS,
        reason=reason,
        created_by=by,
        created_at=at,
    )
    corrected.seal()
    corrected.save()
    notices.lead_to_the_next(card, corrected)
    note(CORRECT, by=by, about=card.pupil, subject=str(corrected), reason=reason)
    announce(ReportCardCorrected(card_id=corrected.pk))
    return corrected

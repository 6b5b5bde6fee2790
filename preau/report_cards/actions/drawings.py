"""Drawing the documents of cards, and keeping them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from preau.kit.portions import portions
from preau.kit.progress import Progress
from preau.kit.traces import TracedAct
from preau.kit.unwritable import is_reading_only
from preau.people.models import Person
from preau.structure.models import ReportPeriod
from preau.trail.actions import note

from ..documents import CANEVAS, check_intact, draw, draw_many, drawing_of
from ..models import Drawing, ReportCard

AT_A_TIME = 64


def draw_what_is_missing(period: ReportPeriod, progress: Progress, *, total: int) -> None:
    """Draw the cards of a period that have no document yet; what is drawn is kept as one goes."""
    missing = ReportCard.objects.filter(period=period, drawing=None, canevas=CANEVAS).order_by("pk")
    left, everybody = missing.count(), max(total, missing.count())

    def tell(done: int, total: int) -> None:
        progress(everybody - total + done, everybody)

    ready: list[Drawing] = []
    cards, waiting = _in_portions(missing), []

    def remembered() -> Iterator[ReportCard]:
        for card in cards:
            waiting.append(card)
            yield card

    for document in draw_many(remembered(), tell, total=left):
        ready.append(drawing_of(waiting.pop(0), document))
        if len(ready) == AT_A_TIME:
            _keep(ready)
            ready = []
    _keep(ready)


def _in_portions(cards: QuerySet[ReportCard]) -> Iterator[ReportCard]:
    """Yield the cards without holding a cursor open while others write, nor all of them in memory."""
    keys = list(cards.values_list("pk", flat=True))
    for some in portions(keys, AT_A_TIME):
        portion = ReportCard.objects.filter(pk__in=some).order_by("pk")
        yield from portion.select_related("period", "pupil")


def _keep(drawings: list[Drawing]) -> None:
    """Keep drawings; a card that somebody opened meanwhile has its own already."""
    Drawing.objects.bulk_create(drawings, ignore_conflicts=True)


DRAW_AGAIN = TracedAct(
    "report_cards.draw_again", _("drew %(subject)s again: its document was no longer what had been drawn")
)


def document_of(card: ReportCard, *, by: Person) -> bytes:
    """
    Return the document of a card: the one that is kept, else drawn now and kept.

    It is compared with what was drawn. A document that is another, or gone, is drawn again from the card.

    :raises CardChanged: when the card itself is not what it was
    """
    check_intact([card])
    drawing = Drawing.objects.filter(card=card).first()
    if drawing is not None and (kept := drawing.kept()):
        return kept
    if is_reading_only():
        return draw(card)
    if drawing is not None:
        return _drawn_again(drawing, by)
    document = draw(card)
    drawing = drawing_of(card, document)
    try:
        with transaction.atomic():
            drawing.save()
    except IntegrityError:  # Somebody opened it at the same moment; both drew the same.
        drawing.file.delete(save=False)
    return document


@transaction.atomic
def _drawn_again(drawing: Drawing, by: Person) -> bytes:
    """Draw a card anew in the place of a document that is not the one that was drawn."""
    document = draw(drawing.card)
    anew = drawing_of(drawing.card, document)
    anew.pk = drawing.pk
    anew.save(force_update=True)
    drawing.file.delete(save=False)
    note(DRAW_AGAIN, by=by, about=drawing.card.pupil, subject=str(drawing.card))
    return document

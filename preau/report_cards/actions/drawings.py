"""Drawing the documents of cards, and keeping them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from preau.kit.progress import Progress
from preau.structure.models import ReportPeriod

from ..documents import CANEVAS, draw, draw_many, drawing_of
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
    for start in range(0, len(keys), AT_A_TIME):
        portion = ReportCard.objects.filter(pk__in=keys[start : start + AT_A_TIME]).order_by("pk")
        yield from portion.select_related("period", "pupil")


def _keep(drawings: list[Drawing]) -> None:
    """Keep drawings; a card that somebody opened meanwhile has its own already."""
    Drawing.objects.bulk_create(drawings, ignore_conflicts=True)


def document_of(card: ReportCard) -> Drawing:
    """Return the document of a card: the one that is kept, else drawn now and kept."""
    drawing = Drawing.objects.filter(card=card).first()
    if drawing is None:
        drawing = drawing_of(card, draw(card))
        try:
            with transaction.atomic():
                drawing.save()
        except IntegrityError:  # Somebody opened it at the same moment; both drew the same.
            drawing.file.delete(save=False)
            drawing = Drawing.objects.get(card=card)
    return drawing

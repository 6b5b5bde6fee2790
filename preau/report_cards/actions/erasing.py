"""Erasing report cards that were kept long enough, with the documents drawn from them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from preau.kit.portions import portions

from ..models import Drawing, ReportCard

AT_ONCE = 200


def erase_cards(cards: QuerySet[ReportCard], at: datetime) -> int:
    """Erase report cards, all their versions and documents; return how many went."""
    keys = list(cards.order_by("pk").values_list("pk", flat=True))
    for some in portions(keys, AT_ONCE):
        _erase(some)
    return len(keys)


@transaction.atomic
def _erase(keys: list[int]) -> None:
    for name in Drawing.objects.filter(card__in=keys).values_list("file", flat=True):
        transaction.on_commit(partial(default_storage.delete, name))
    ReportCard.objects.filter(pk__in=keys).erase()

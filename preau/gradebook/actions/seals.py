"""Sealing gradebooks as they are closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from preau.people.models import Person
from preau.structure.models import ReportPeriod

from .. import ledger
from ..models import Seal
from ..queries.seals import versions_by_group


def seal_gradebooks(
    *, period: ReportPeriod, groups: Iterable[int], by: Person | None, at: datetime
) -> list[Seal]:
    """
    Seal what the gradebooks of some groups hold, one link of the period's chain each.

    Whoever calls holds the groups, within a transaction: nobody writes in them meanwhile. The chain is held
    too, so that two who close at once take their turns.
    """
    ReportPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)
    last = Seal.objects.filter(period=period).order_by("-number").first()
    number, previous = (last.number, last.hash) if last else (0, "")
    keys = sorted(groups)
    held = versions_by_group(period.pk, keys)
    signs = ledger.SealingKey(settings.SECRET_KEY)
    seals = []
    for key in keys:
        number += 1
        seal = Seal(period=period, group_id=key, number=number, previous=previous, sealed_by=by, sealed_at=at)
        seal.covers = ledger.covers_of(held.get(key, {}))
        seal.hash = previous = ledger.hash_of(seal.claim)
        seal.signature, seal.public_key = signs.sign(seal.hash), signs.public
        seals.append(seal)
    return Seal.objects.bulk_create(seals, batch_size=200)

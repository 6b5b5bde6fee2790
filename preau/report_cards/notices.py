"""What families are told of report cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from preau.messaging.actions import Told, follow, tell, withdraw
from preau.messaging.kinds import Kind, declare_kind
from preau.people.relations import ties_with
from preau.structure.models import ReportPeriod

from .models import Release, ReportCard
from .rules import may_read_card

PUBLISHED = declare_kind(
    Kind(
        key="report_cards.published",
        title=_("Report card"),
        sentence=_("The report card of %(period)s can be read."),
        values={"period": "period__name"},
        icon="certificate",
        address="report_cards:card",
        argument="card_id",
        rule=may_read_card,
    )
)


def tell_families(release: Release, *, at: datetime) -> None:
    """Tell pupils, and from their own moment on those who may see the marks, that a card can be read."""
    take_back(release.period, at=at)
    cards = release.period.report_cards.latest_versions()
    _tell(release, dict(cards.values_list("pk", "pupil")), at=at)


def tell_latecomers(period: ReportPeriod, cards: Collection[ReportCard], *, at: datetime) -> None:
    """Tell of cards that are first made once those of the period are published; before, nobody is told."""
    release = Release.objects.filter(period=period).first() if cards else None
    if release:
        _tell(release, {card.pk: card.pupil_id for card in cards}, at=at)


def lead_to_the_next(card: ReportCard, corrected: ReportCard) -> None:
    """Have what was told of a card lead to its next version, which nobody has opened yet."""
    follow(kind=PUBLISHED, was=card.pk, now=corrected.pk)


def _tell(release: Release, cards: dict[int, int], *, at: datetime) -> None:
    guardians = defaultdict(set)
    for pupil, guardian in ties_with("sees_marks").values_list("pupil", "guardian"):
        guardians[pupil].add(guardian)
    things = [
        Told(
            about=card,
            pupil_id=pupil,
            recipients={
                **dict.fromkeys(guardians[pupil], release.parents_at),
                pupil: release.published_at,
            },
        )
        for card, pupil in cards.items()
    ]
    tell(kind=PUBLISHED, things=things, at=at)


def take_back(period: ReportPeriod, *, at: datetime) -> None:
    """Take back what was told of the cards of a period."""
    cards = ReportCard.objects.filter(period=period).values_list("pk", flat=True)
    withdraw(kind=PUBLISHED, about=cards, at=at)

"""The cards as families read them, and as the school sees them read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import NullIf

from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.people.relations import read_at_home_by

from ..models import Hold, Reading, Release, ReportCard
from ..rules import may_acknowledge, may_read_as_family, may_settle_card

NULL = Value("null", output_field=TextField())  # SQLite hands a JSON null over as this word.
MOST_IN_A_FILE = 12
MOST_LOOKED_AT = 200
AVERAGE = NullIf(KT("facts__summary__average"), NULL)
SCALE = KT("facts__summary__scale")


@dataclass(frozen=True, slots=True)
class ChildCards:
    """A child (or oneself) with the cards one may read, the latest first."""

    pupil: Person
    cards: list[ReportCard]


@dataclass(frozen=True)
class CardPage:
    """A card as one person reads it."""

    card: ReportCard
    reader: Person
    versions: list[ReportCard]

    @cached_property
    def newest(self) -> ReportCard:
        return self.versions[-1]

    @property
    def is_replaced(self) -> bool:
        return self.newest.pk != self.card.pk

    @cached_property
    def release(self) -> Release | None:
        return Release.objects.filter(period=self.card.period_id).first()

    @cached_property
    def is_family(self) -> bool:
        """Say whether the reader reads it as pupil or parent."""
        return may_read_as_family.allows(self.reader, self.card)

    @property
    def is_own(self) -> bool:
        return self.card.pupil_id == self.reader.pk

    @cached_property
    def may_acknowledge(self) -> bool:
        return not self.is_replaced and may_acknowledge.allows(self.reader, self.card)

    @cached_property
    def acknowledged_at(self) -> datetime | None:
        own = self.card.readings.filter(reader=self.reader)
        return own.values_list("acknowledged_at", flat=True).first()

    @cached_property
    def is_settled_by_reader(self) -> bool:
        """Say whether the reader may hold or correct the card."""
        return not self.is_replaced and may_settle_card.allows(self.reader, self.card)

    @cached_property
    def hold(self) -> Hold | None:
        held = Hold.objects.filter(pupil=self.card.pupil_id, period=self.card.period_id, lifted_at=None)
        return held.select_related("by").first()

    @cached_property
    def readings(self) -> list[Reading]:
        """Who of the family has read this version, in order, and has taken note of it."""
        return list(self.card.readings.select_related("reader").order_by("at"))


def readable_cards(reader: Person) -> QuerySet[ReportCard]:
    """Return the cards one may read as pupil or parent, with whether one has read and acknowledged them."""
    cards: Any = may_read_as_family.among(ReportCard.objects.latest_versions(), reader)
    found: QuerySet[ReportCard] = (
        cards.defer("facts")
        .as_read_by(reader)
        .annotate(average=AVERAGE, scale=SCALE)
        .select_related("pupil", "period__school_year", "period__release", "class_group")
    )
    return found


def cards_by_child(reader: Person) -> list[ChildCards]:
    """Return the cards one may read, child by child, the latest period first. One query."""
    children: defaultdict[Person, list[ReportCard]] = defaultdict(list)
    for card in readable_cards(reader).order_by("pupil__sort_name", "-period__ends_on")[:MOST_LOOKED_AT]:
        children[card.pupil].append(card)
    return [ChildCards(pupil, cards) for pupil, cards in children.items()]


def unread_by(reader: Person) -> int:
    """Return how many cards wait to be read by a pupil or a parent. One query."""
    return len(_unread(reader, read_at_home_by(reader)))


@asked_often
def _unread(reader: Person, pupils: list[int]) -> QuerySet:
    latest = ReportCard.objects.latest_versions().filter(pupil__in=pupils)
    cards: Any = may_read_as_family.among(latest, reader)
    keys: QuerySet = cards.unread_by(reader).values_list("pk", flat=True)
    return keys


@dataclass(frozen=True)
class WaitingCard:
    """The latest card of a pupil that its reader has not read, or not acknowledged."""

    card: ReportCard
    may_acknowledge: bool
    read_by_pupil: datetime | None
    """When the pupil opened it first."""


def waiting_cards(reader: Person) -> dict[int, WaitingCard]:
    """Return, by pupil, the cards that wait for a pupil or a parent. Two queries, whatever the children."""
    latest: dict[int, Any] = {}
    for card in _latest_cards(reader, read_at_home_by(reader)):
        latest.setdefault(card.pupil_id, card)
    unsettled = [card for card in latest.values() if not (card.is_read and card.is_acknowledged)]
    keys = [card.pk for card in unsettled]
    to_sign = set(_to_sign(reader, keys)) if keys else set()
    return {
        card.pupil_id: WaitingCard(card, card.pk in to_sign, card.read_by_pupil)
        for card in unsettled
        if not card.is_read or card.pk in to_sign
    }


@asked_often
def _latest_cards(reader: Person, pupils: list[int]) -> QuerySet[ReportCard]:
    """Return the cards one may read, the latest first, with when the pupil read each first."""
    by_pupil = (
        Reading.objects.filter(card=OuterRef("pk"), reader=OuterRef("pupil")).order_by("at").values("at")
    )
    cards = readable_cards(reader).filter(pupil__in=pupils).annotate(read_by_pupil=Subquery(by_pupil[:1]))
    return cards.order_by("-period__ends_on")[:MOST_LOOKED_AT]


@asked_often
def _to_sign(reader: Person, cards: list[int]) -> QuerySet:
    """Return the keys of those of the cards that the reader may acknowledge."""
    return may_acknowledge.among(ReportCard.objects.filter(pk__in=cards), reader).values_list("pk", flat=True)


def card_page(card: ReportCard, reader: Person) -> CardPage:
    """Return a card with all that surrounds it for a reader."""
    versions = ReportCard.objects.filter(pupil=card.pupil_id, period=card.period_id).defer("facts")
    return CardPage(card, reader, list(versions.order_by("version")))


def panel_cards(pupil: Person, cards: QuerySet[ReportCard]) -> list[ReportCard]:
    """Return, of the cards somebody may read, those of a pupil, for the pupil's file."""
    latest: Any = cards.filter(pupil=pupil).select_related("period__school_year", "period__release")
    found: QuerySet[ReportCard] = latest.defer("facts").annotate(average=AVERAGE, scale=SCALE)
    return list(found.order_by("-period__ends_on")[:MOST_IN_A_FILE])

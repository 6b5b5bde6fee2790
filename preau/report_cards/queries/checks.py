"""Is this card genuine? What anybody may know who holds one in the hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from preau.kit import clock
from preau.structure.models import ReportPeriod

from ..models import Hold, ReportCard
from ..models.cards import CODE_LENGTH

ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})


@dataclass(frozen=True, slots=True)
class Checked:
    """What is said of a genuine card: nothing that is not on any envelope."""

    number: str
    version: int
    initials: str
    period: str
    year: str
    published_at: datetime
    made_at: datetime
    is_intact: bool
    is_latest: bool


def plain_code(typed: str) -> str:
    """Return a code as it is kept: no spaces or dashes, capitals, look-alikes put right."""
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum()).translate(ALIKE)


@dataclass(frozen=True, slots=True)
class CardsFound:
    """The cards of a period as they are found: how many, and the numbers of those that were changed."""

    count: int
    changed: list[str]


def cards_found(period: ReportPeriod) -> CardsFound:
    """Look whether the cards of a period, all versions, still say what they said when they were made."""
    count, changed = 0, []
    for card in ReportCard.objects.filter(period=period).order_by("number", "version").iterator():
        count += 1
        if not card.is_intact:
            changed.append(str(card))
    return CardsFound(count, changed)


def checked(typed: str) -> Checked | None:
    """Return what may be said of the published card with this code; nothing when there is none."""
    code = plain_code(typed)
    if len(code) != CODE_LENGTH:
        return None
    held = Hold.objects.filter(pupil=OuterRef("pupil"), period=OuterRef("period"), lifted_at=None)
    card = (
        ReportCard.objects.filter(~Exists(held), code=code, period__release__published_at__lte=clock.now())
        .select_related("pupil", "period__school_year", "period__release")
        .first()
    )
    if card is None:
        return None
    newer = ReportCard.objects.filter(pupil=card.pupil, period=card.period, version__gt=card.version)
    return Checked(
        number=card.number,
        version=card.version,
        initials=card.pupil.initials,
        period=card.period.name,
        year=card.period.school_year.name,
        published_at=max(card.period.release.published_at, card.created_at),
        made_at=card.created_at,
        is_intact=card.is_intact,
        is_latest=not newer.exists(),
    )

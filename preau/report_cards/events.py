"""The facts report cards announce."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReportCardsPublished:
    """Pupils, and after the school's delay their parents, may read the cards of a period from a moment on."""

    period_id: int


@dataclass(frozen=True)
class ReportCardCorrected:
    """A published card has a new version."""

    card_id: int

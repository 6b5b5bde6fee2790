"""How long things are kept, and what goes next."""

from dataclasses import dataclass
from datetime import datetime

from preau.kit.retention import Words, kept


@dataclass(frozen=True)
class RetentionLine:
    """A kind of records: for how many days each is kept (0: for ever), and how many go when they next go."""

    key: str
    words: Words
    days: int
    due: int


def retention_lines(at: datetime) -> list[RetentionLine]:
    """Return all that is kept for a while. One query for each kind."""
    return [RetentionLine(each.key, each.words, each.days, each.due(at).count()) for each in kept()]

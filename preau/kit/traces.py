"""
Acts that leave a trace, declared beside the action that does them.

    PUBLISH = TracedAct("report_cards.publish", _("published the report cards of %(subject)s"))

    @transaction.atomic
    def publish_report_cards(*, period: ReportPeriod, by: Person | None, at: datetime) -> Release:
        ...
        note(PUBLISH, by=by, subject=str(period))

Who notes something can only note what has words. The trail (`preau.trail`) keeps the code and says the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

CODE = re.compile(r"[a-z_]+\.[a-z_]+")
_declared: dict[str, TracedAct] = {}


@dataclass(frozen=True, slots=True)
class TracedAct:
    """Something people do of which the trail tells."""

    code: str
    """The app and what is done, `structure.move_pupil`. Traces keep it: it stays the same for ever."""
    words: str | Promise
    """What follows the name of whoever did it; `%(subject)s` and the details of the trace fill it."""

    told: bool = False
    """Whether the head is told of it: it gives somebody who works here what they did not have."""
    reserved: bool = False
    """Whether only those who lead the school read it: that it was done says something of a pupil."""

    def __post_init__(self) -> None:
        if not (CODE.fullmatch(self.code) and self.words):
            raise ValueError(f"An act is declared as its app, a point, and what it does, in words: {self}")
        if self.code in _declared:
            raise ValueError(f"{self.code} is declared twice.")
        _declared[self.code] = self


def act_called(code: str) -> TracedAct | None:
    """Return the act with a code; none when no app declares it any more."""
    return _declared.get(code)


def traced_acts() -> Iterator[TracedAct]:
    """Yield every act that is declared."""
    yield from _declared.values()

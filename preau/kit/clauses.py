"""One condition of a rule in words, said in two ways."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Clause:
    """What somebody does ("teaches the pupil"), and who that is ("the pupil's teachers")."""

    does: str | Promise
    who: str | Promise
    is_at_home: bool = False
    """Whether that is the pupil or the family, and not somebody of the school."""

    def __str__(self) -> str:
        return str(self.does)

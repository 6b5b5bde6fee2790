"""
Who reads what, subject by subject, in sentences that the rules themselves make.

An app says beside its rules which of them opens something about a person, under which subject, and what:

    told_under(RESULTS, may_read_grade, _("A grade"))

The page "Who may see what" draws the rest from the words of the rule: who at home, who at school.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .access import Rule, Words
from .clauses import Clause


@dataclass(frozen=True)
class Subject:
    """A part of what a school knows about somebody."""

    key: str
    name: Words
    icon: str
    rank: int


@dataclass(frozen=True)
class Opening:
    """Something about a person, and the rule that opens it."""

    subject: Subject
    rule: Rule[Any]
    what: Words

    @property
    def at_home(self) -> list[str]:
        """Return who of the family reads it, in the language of the moment."""
        return [words for words, is_at_home in self._readers().items() if is_at_home]

    @property
    def at_school(self) -> list[str]:
        """Return who of the school reads it, in the language of the moment."""
        return [words for words, is_at_home in self._readers().items() if not is_at_home]

    def _readers(self) -> dict[str, bool]:
        """Return the alternatives of the rule as people say them: who, on what condition; and if at home."""
        found: dict[str, bool] = {}
        for part in self.rule.parts:
            said = [str(each.who) if isinstance(each, Clause) else str(each) for each in part]
            is_at_home = any(isinstance(each, Clause) and each.is_at_home for each in part)
            found.setdefault(", ".join(filter(None, said)), is_at_home)
        return found


_openings: list[Opening] = []


def told_under(subject: Subject, the_rule: Rule[Any], what: Words) -> None:
    """Say that a rule opens something about a person, under a subject of the page "Who may see what"."""
    _openings.append(Opening(subject, the_rule, what))


def openings() -> list[Opening]:
    """Return all that opens something about a person, in the order in which the apps said it."""
    return list(_openings)


@dataclass(frozen=True, slots=True)
class Told:
    """What the same people read under a subject, and who they are, in the language of the moment."""

    whats: list[Words]
    at_home: list[str]
    at_school: list[str]


def by_subject() -> list[tuple[Subject, list[Told]]]:
    """Return the subjects in order with what opens under each; what the same people read is together."""
    subjects = sorted({opening.subject for opening in _openings}, key=lambda subject: subject.rank)
    return [
        (subject, _together(each for each in _openings if each.subject == subject)) for subject in subjects
    ]


def _together(some: Iterable[Opening]) -> list[Told]:
    found: dict[tuple[str, ...], Told] = {}
    for opening in some:
        at_home, at_school = opening.at_home, opening.at_school
        told = found.setdefault((*at_home, "", *at_school), Told([], at_home, at_school))
        told.whats.append(opening.what)
    return list(found.values())

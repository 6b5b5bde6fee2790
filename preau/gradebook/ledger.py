"""
The ledger of grades: seals that nobody can slip a change under. Pure: no database.

A seal says what a gradebook held when it was closed: which versions of which grades, and all else of which
its results are made. Reopening, what a council decides afterwards, the removal of a test and the erasure of
what was kept long enough add seals of their own. Each carries the hash of the seal before it in the same
period and is signed; a register, signed too, says where each chain ends. So whoever checks finds what was
changed behind the gradebook's back, a seal edited, removed or put elsewhere:
docs/how/how-a-changed-grade-is-found.md.

Seals of the first format hold grades alone. They are checked for what they say, for ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

from preau.kit.signatures import is_signed_by_one_of

PURPOSE = b"preau: the ledger of grades"
FORMAT = 2
FINGERPRINT = 16
CLOSED, REOPENED, DECIDED, REMOVED = "CLOSED", "REOPENED", "DECIDED", "REMOVED"
ERASED = "ERASED"
"""Kept long enough: such a seal covers the grades that are gone, and holds the new mark of what changed with
them; what is gone with them has none."""
CLOSING, DECISION = "closing", "decision"
"""The names of two kinds of things: closings (that of today has no key), and what a council decided."""
Covers = dict[str, list[Any]]
"""By the key of a grade: the version that stood, and the mark of all its versions up to it."""
Marks = Mapping[str, str]
"""By name ("result 12"): the mark of what it says."""


class Problem(Enum):
    """What can be wrong with a seal, or with the end of a chain."""

    CHAIN = "a seal before this one is missing, or another stands in its place"
    EDITED = "the seal itself was changed"
    SIGNATURE = "the signature is not that of the school"
    GRADES = "grades were changed, removed or added outside of the gradebook"
    THINGS = "what results are made of, or results, were changed outside of the gradebook"
    CLOSING = "the gradebook was closed or reopened outside of the gradebook"
    END = "the chain does not end with the seal it ended with: the last ones are gone"
    REGISTER = "the register that says where chains end is missing, or was changed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a grade, as it was written."""

    grade: int
    assessment: int
    pupil: int
    version: int
    points: str
    """With two decimals; empty when none are given."""
    token: int | None
    level: int | None
    remark: str
    reason: str
    by: int | None
    at: str
    """The moment, in UTC."""


SAID = tuple(entry.name for entry in fields(Entry))
Versions = Mapping[int, list[Entry]]
"""The versions of each grade, by its key."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a gradebook holds: the versions of its grades, and the marks of all else."""

    grades: Versions = field(default_factory=dict)
    things: Marks = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal, or the register, as it is found: what it claims, signed."""

    claim: Mapping[str, Any]
    hash: str
    signature: str
    public_key: str

    @property
    def act(self) -> str:
        act: str = self.claim.get("act", CLOSED)
        return act

    @property
    def holds(self) -> Marks:
        holds: Marks = self.claim.get("holds", {})
        return holds

    @property
    def is_whole(self) -> bool:
        """Say whether it seals more than grades: those of the first format did not."""
        return bool(self.claim.get("format", 1) > 1)

    def flaws(self, keys: Collection[str]) -> Iterator[Problem]:
        if hash_of(self.claim) != self.hash:
            yield Problem.EDITED
        if not is_signed_by_one_of(keys, self.hash, self.signature, self.public_key):
            yield Problem.SIGNATURE


@dataclass(slots=True)
class Finding:
    """What is wrong with a seal, and what no longer says what was sealed: keys of grades, names of things."""

    problems: list[Problem] = field(default_factory=list)
    grades: list[int] = field(default_factory=list)
    things: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Book:
    """What the seals of a gradebook, one after the other, say of it."""

    closed_by: int | None = None
    """The place of the seal that closed it; None once it is reopened."""
    is_whole: bool = False
    reopened_by: int | None = None
    things: dict[str, tuple[str, int]] = field(default_factory=dict)
    """What must be there: its mark, and the place of the seal that says so."""
    removed: dict[str, int] = field(default_factory=dict)
    """The grades removed with their test, or erased, each with the place of the seal that says so."""

    def follow(self, seal: Sealed, place: int) -> None:
        if seal.act in {REMOVED, ERASED}:
            self.removed |= dict.fromkeys(seal.claim["covers"], place)
            gone = {name for name, mark in seal.holds.items() if not mark}
            stays = {name: it for name, it in self.things.items() if name not in gone}
            self.things = stays | {name: (mark, place) for name, mark in seal.holds.items() if mark}
            return
        if seal.act != DECIDED:
            self.closed_by = place if seal.act == CLOSED else None
            self.reopened_by = None if seal.act == CLOSED else place
            self.is_whole = seal.is_whole
            decided = {name: it for name, it in self.things.items() if name.startswith(DECISION)}
            self.things = decided if seal.act == REOPENED else {}
        self.things |= {name: (mark, place) for name, mark in seal.holds.items()}


def inspect(seals: Iterable[Sealed], held: Mapping[int, Held], *, keys: Collection[str]) -> list[Finding]:
    """
    Walk a chain, and compare each seal with what is held, by group.

    :param keys: the public keys by which the school is known
    """
    chain = list(seals)
    findings = [Finding(list(seal.flaws(keys))) for seal in chain]
    books: dict[int, _Book] = {}
    before = ("", 0)
    for place, seal in enumerate(chain):
        if (seal.claim["previous"], seal.claim["number"]) != (before[0], before[1] + 1):
            findings[place].problems.insert(0, Problem.CHAIN)
        before = (seal.hash, seal.claim["number"])
        books.setdefault(seal.claim["group"], _Book()).follow(seal, place)
    for place, seal in enumerate(chain):
        if seal.act == CLOSED:
            book, there = books[seal.claim["group"]], held.get(seal.claim["group"], Held())
            findings[place].grades = _changed_grades(seal, place, book, there)
    for group, book in books.items():
        for place, name in _changed_things(book, held.get(group, Held()).things):
            findings[place].things.append(name)
    for finding in findings:
        finding.problems += _told_by(finding)
    return findings


def end_of(
    seals: Iterable[Sealed], register: Sealed | None, *, period: int, keys: Collection[str]
) -> list[Problem]:
    """Say what is wrong with the end of a chain, by the register that says where it ends."""
    last = next(reversed(list(seals)), None)
    if register is None:
        return [Problem.REGISTER] if last else []
    if any(register.flaws(keys)):
        return [Problem.REGISTER]
    end = register.claim["ends"].get(str(period))
    return [] if end == (last and [last.claim["number"], last.hash]) else [Problem.END]


def _changed_grades(seal: Sealed, place: int, book: _Book, held: Held) -> list[int]:
    """Return the grades that say something else than is covered; after the last word, those added too."""
    covers: Covers = seal.claim["covers"]
    changed = {
        int(key)
        for key, (version, mark) in covers.items()
        if mark_of(grade for grade in held.grades.get(int(key), []) if grade.version <= version) != mark
        and not (int(key) not in held.grades and book.removed.get(key, -1) > place)
    }
    if book.closed_by == place and (seal.is_whole or CLOSING in held.things):
        newest = {key: max(entry.version for entry in entries) for key, entries in held.grades.items()}
        changed |= {key for key, version in newest.items() if covers.get(str(key), [0])[0] < version}
    return sorted(changed)


def _changed_things(book: _Book, there: Marks) -> Iterator[tuple[int, str]]:
    """Yield what is not as it was sealed, each with the place of the seal that says so."""
    for name, (mark, place) in book.things.items():
        if there.get(name) != mark:
            yield place, name
    if book.closed_by is not None and book.is_whole:
        yield from ((book.closed_by, name) for name in sorted(there.keys() - book.things.keys()))
    elif book.reopened_by is not None and CLOSING in there:
        yield book.reopened_by, CLOSING


def _told_by(finding: Finding) -> Iterator[Problem]:
    if finding.grades:
        yield Problem.GRADES
    of_closings = [name.startswith(CLOSING) for name in finding.things]
    if any(of_closings):
        yield Problem.CLOSING
    if not all(of_closings):
        yield Problem.THINGS


def mark_of(entries: Iterable[Entry]) -> str:
    """Return the mark of the versions of one grade: another as soon as one of them says something else."""
    in_order = sorted(entries, key=lambda entry: entry.version)
    return _sha256([_canonical({name: getattr(entry, name) for name in SAID}) for entry in in_order])


def covers_of(versions: Versions) -> Covers:
    """Return what a seal set now would cover, from the versions of each grade."""
    return {
        str(key): [max(entry.version for entry in entries), mark_of(entries)]
        for key, entries in sorted(versions.items())
    }


def hash_of(claim: Any) -> str:
    """Return the hash of all that a seal, or one of the things it holds, says."""
    return _sha256([_canonical(claim)])


def fingerprint(seal_hash: str) -> str:
    """Return the beginning of a hash as people read it aloud: ABCD EF01 2345 6789."""
    short = seal_hash[:FINGERPRINT].upper()
    return " ".join(short[at : at + 4] for at in range(0, len(short), 4))


_encoder = json.JSONEncoder(sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _canonical(facts: Any) -> bytes:
    return _encoder.encode(facts).encode()


def _sha256(parts: Iterable[bytes]) -> str:
    return hashlib.sha256(b"\n".join(parts)).hexdigest()

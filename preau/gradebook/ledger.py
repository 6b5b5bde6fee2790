"""
The ledger of grades: seals that nobody can slip a change under. Pure: no database.

A seal says which versions of which grades a gradebook held when it was closed. It carries the hash of the
seal before it in the same period and is signed, so that a grade changed behind the gradebook's back, a seal
edited, removed or put elsewhere is found by whoever checks: docs/how/how-a-changed-grade-is-found.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"preau: the ledger of grades"
FINGERPRINT = 16
Covers = dict[str, list[Any]]
"""By the key of a grade: the version that stood, and the mark of all its versions up to it."""


class Problem(Enum):
    """What can be wrong with a seal."""

    CHAIN = "a seal before this one is missing, or another stands in its place"
    EDITED = "the seal itself was changed"
    SIGNATURE = "the signature is not that of the school"
    GRADES = "grades were changed, removed or added outside of the gradebook"


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


Versions = Mapping[int, list[Entry]]
"""The versions of each grade, by its key."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal as it is found: what it claims (period, group, number, previous, covers, by, at), signed."""

    claim: Mapping[str, Any]
    hash: str
    signature: str
    public_key: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a seal, and the keys of the grades that no longer say what was sealed."""

    problems: list[Problem]
    grades: list[int]


def inspect(
    seals: Iterable[Sealed], held: Mapping[int, Versions], *, public_key: str, closed: Collection[int]
) -> list[Finding]:
    """
    Walk a chain, and compare each seal with the grades that are held, by group.

    :param closed: the groups whose gradebook is closed: their last seal is the last word, nothing came after
    """
    chain = list(seals)
    last_of = {seal.claim["group"]: number for number, seal in enumerate(chain)}
    findings, previous = [], ("", 0)
    for place, seal in enumerate(chain):
        group = seal.claim["group"]
        ends = group in closed and last_of[group] == place
        grades = _changed(seal.claim["covers"], held.get(group, {}), is_last_word=ends)
        changed = [Problem.GRADES] if grades else []
        findings.append(Finding([*_flaws(seal, previous, public_key), *changed], grades))
        previous = (seal.hash, seal.claim["number"])
    return findings


def _flaws(seal: Sealed, previous: tuple[str, int], public_key: str) -> Iterator[Problem]:
    if (seal.claim["previous"], seal.claim["number"]) != (previous[0], previous[1] + 1):
        yield Problem.CHAIN
    if hash_of(seal.claim) != seal.hash:
        yield Problem.EDITED
    if seal.public_key != public_key or not is_signed(seal.hash, seal.signature, public_key):
        yield Problem.SIGNATURE


def _changed(covers: Covers, held: Versions, *, is_last_word: bool) -> list[int]:
    """Return the grades that say something else than is covered; after the last word, those added too."""
    changed = {
        int(key)
        for key, (version, mark) in covers.items()
        if mark_of(grade for grade in held.get(int(key), []) if grade.version <= version) != mark
    }
    if is_last_word:
        newest = {key: max(entry.version for entry in entries) for key, entries in held.items()}
        changed |= {key for key, version in newest.items() if covers.get(str(key), [0])[0] < version}
    return sorted(changed)


def of_file(content: Any) -> tuple[list[Finding], list[Sealed]]:
    """
    Inspect a ledger that was taken away as a file, by the key it names.

    :raises ValueError: when it is no such file
    """
    try:
        seals = [Sealed(**seal) for seal in content["seals"]]
        held: dict[int, dict[int, list[Entry]]] = {}
        for facts in content["entries"]:
            group, entry = facts.pop("group"), Entry(**facts)
            held.setdefault(group, {}).setdefault(entry.grade, []).append(entry)
        key, closed = content["public_key"], set(content["closed"])
        return inspect(seals, held, public_key=key, closed=closed), seals
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError("This is not the ledger of a period.") from problem


def mark_of(entries: Iterable[Entry]) -> str:
    """Return the mark of the versions of one grade: another as soon as one of them says something else."""
    in_order = sorted(entries, key=lambda entry: entry.version)
    return _sha256([_canonical(asdict(entry)) for entry in in_order])


def covers_of(versions: Versions) -> Covers:
    """Return what a seal set now would cover, from the versions of each grade."""
    return {
        str(key): [max(entry.version for entry in entries), mark_of(entries)]
        for key, entries in sorted(versions.items())
    }


def hash_of(claim: Mapping[str, Any]) -> str:
    """Return the hash of all that a seal says."""
    return _sha256([_canonical(claim)])


def fingerprint(seal_hash: str) -> str:
    """Return the beginning of a hash as people read it aloud: ABCD EF01 2345 6789."""
    short = seal_hash[:FINGERPRINT].upper()
    return " ".join(short[at : at + 4] for at in range(0, len(short), 4))


class SealingKey:
    """The key with which a school signs its seals, made of its secret key."""

    def __init__(self, secret: str) -> None:
        derived = HKDF(hashes.SHA256(), 32, salt=None, info=PURPOSE).derive(secret.encode())
        self._private = Ed25519PrivateKey.from_private_bytes(derived)
        self.public = self._private.public_key().public_bytes_raw().hex()

    def sign(self, seal_hash: str) -> str:
        return self._private.sign(bytes.fromhex(seal_hash)).hex()


def is_signed(seal_hash: str, signature: str, public_key: str) -> bool:
    """Say whether a hash was signed by the holder of a key. What is no key or no signature says no."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), bytes.fromhex(seal_hash))
    except (InvalidSignature, ValueError):
        return False
    return True


def _canonical(facts: Mapping[str, Any]) -> bytes:
    return json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def _sha256(parts: Iterable[bytes]) -> str:
    return hashlib.sha256(b"\n".join(parts)).hexdigest()

"""One-time codes: short enough to type from paper, long enough that nobody guesses one."""

import hashlib
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs, none of which looks like another: a sign is worth five bits."""
LENGTH = 16
"""Eighty bits."""
GROUP = 4


def new_code() -> str:
    """Return a fresh code, as it is kept: without groups."""
    return "".join(secrets.choice(ALPHABET) for _number in range(LENGTH))


def in_groups(code: str) -> str:
    """Return a code as people read and type it: ABCD-EFGH-JKLM-NPQR."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def as_typed(text: str) -> str:
    """Return the code in what somebody typed: case, spaces and hyphens do not matter."""
    return "".join(sign for sign in text.upper() if sign in ALPHABET)


def digest(code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()

"""Counting attempts to sign in: all counts of one attempt in one statement, whichever process answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Q

from preau.accounts.models import Attempts
from preau.kit.unwritable import set_apart


@dataclass(frozen=True)
class Limit:
    """So many attempts from the first one on until the time is over."""

    key: str
    most: int
    within: timedelta


@dataclass(frozen=True)
class Turn:
    """An attempt that was counted: where, and in which stretch of time."""

    counted: tuple[tuple[str, int], ...]

    def take_back(self) -> None:
        """Let this attempt weigh on nobody: it was no failure."""
        if not self.counted:
            return
        where = Q()
        for key, until in self.counted:
            where |= Q(key=key, until=until)
        Attempts.objects.filter(where, number__gt=0).update(number=F("number") - 1)


def take_turn(limits: Collection[Limit], *, at: datetime) -> Turn | None:
    """
    Count an attempt before it is made. One too many is not counted, and nothing comes back.

    Two who try at the same moment are counted one after the other: the database adds, not we.
    """
    if not limits:
        return Turn(())
    now = int(at.timestamp())
    most = {limit.key: limit.most for limit in limits}
    rows = [(limit.key, now + int(limit.within.total_seconds())) for limit in limits]
    rows.sort()  # Two attempts take their rows in the same order: neither waits for the other for ever.
    values = ", ".join(["(%s, 1, %s)"] * len(rows))
    with set_apart(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO accounts_attempts (key, number, until) VALUES {values}"  # noqa: S608 – marks only.
            " ON CONFLICT (key) DO UPDATE SET"
            " number = CASE WHEN accounts_attempts.until <= %s THEN 1 ELSE accounts_attempts.number + 1 END,"
            " until = CASE WHEN accounts_attempts.until <= %s"
            " THEN excluded.until ELSE accounts_attempts.until END"
            " RETURNING key, number, until",
            [*(cell for row in rows for cell in row), now, now],
        )
        found = cursor.fetchall()
    turn = Turn(tuple((key, until) for key, _number, until in found))
    if any(number > most[key] for key, number, _until in found):
        turn.take_back()
        return None
    return turn


def forget_attempts(keys: Collection[str]) -> None:
    """Begin these counts anew: who counted has shown to be the holder."""
    Attempts.objects.filter(key__in=keys).delete()


def forget_old_attempts(*, at: datetime) -> None:
    """Forget the counts whose time is over."""
    Attempts.objects.filter(until__lte=int(at.timestamp())).delete()

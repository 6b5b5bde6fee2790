"""
When nothing can be written: the disk is full, the folder or the database only reads.

Reading goes on: what is noted in passing (a look, a use) is left out, and logged. Who saves is told in a
sentence that nothing was kept and what was typed is still there; what waits in a browser is sent again later.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from .refusals import Refusal

FULL = ("database or disk is full", "No space left on device")
READ_ONLY = ("readonly database", "read-only transaction", "unable to open database file", "disk I/O error")
NO_ROOM_ON_DISK = {errno.ENOSPC, errno.EDQUOT}
NOT_TO_BE_WRITTEN = {errno.EROFS, errno.EACCES, errno.EPERM}
SERVICE_UNAVAILABLE, NO_ROOM = 503, 507

log = logging.getLogger(__name__)
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "DECLARE", "FETCH", "CLOSE", "SET")


class OnlyReadError(OperationalError):
    """Something was to be written where one only reads (`reading_only`)."""


class NothingIsKept(Refusal):
    words = _(
        "The school's machine cannot write just now: nothing of this was kept. What you read is still right. "
        "Try again in a moment, and tell the school's helpdesk."
    )
    status = SERVICE_UNAVAILABLE


class DiskIsFull(NothingIsKept):
    words = _(
        "The disk of the school's machine is full: nothing of this was kept. What you read is still right. "
        "Tell the school's helpdesk, then try again."
    )
    status = NO_ROOM


def refusal_of(error: BaseException) -> NothingIsKept | None:
    """Return in a sentence that nothing could be written; None when the error is another."""
    number, said = getattr(error, "errno", None), str(error)
    is_of_the_database = isinstance(error, DatabaseError)
    if number in NO_ROOM_ON_DISK or (is_of_the_database and any(words in said for words in FULL)):
        return DiskIsFull()
    if number in NOT_TO_BE_WRITTEN or (is_of_the_database and any(words in said for words in READ_ONLY)):
        return NothingIsKept()
    return None


def set_apart() -> AbstractContextManager[Any]:
    """Keep what fails from spoiling the transaction around it; outside of one there is nothing to spoil."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


@contextmanager
def in_passing() -> Iterator[None]:
    """Write what a page notes in passing; when nothing can be written the page is shown without it."""
    try:
        with set_apart():
            yield
    except OnlyReadError:
        pass
    except DatabaseError as error:
        if refusal_of(error) is None:
            raise
        log.exception("Nothing can be written: what a page notes in passing is left out.")


@contextmanager
def reading_only() -> Iterator[None]:
    """Let the database be read and not be written: what a page notes in passing is left out."""
    with connection.execute_wrapper(_read):
        yield


def is_reading_only() -> bool:
    """Say whether one only reads just now: what would be kept for later is not."""
    return _read in connection.execute_wrappers


def _read(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if not sql.lstrip(" (\n").upper().startswith(READS):
        raise OnlyReadError(f"attempt to write a readonly database: {sql.split()[0]}")
    return execute(sql, params, many, context)


class HonestCache(DatabaseCache):
    """
    The cache in the database, which says when it cannot write.

    Django's own answers as if somebody had been quicker: who counts attempts with it would refuse everybody.
    """

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        for _attempt in range(2):  # What was there the first time may have gone before we looked.
            if super().add(key, value, timeout, version):
                return True
            if self.get(key, version=version) is not None:
                return False
        raise OperationalError("attempt to write a readonly database: nothing is kept in the cache")

"""
Which workers live: each holds a lock on a file of its own, which the system lets go when the process dies,
however it dies. Of a worker on another machine nobody can tell: its claims end with time.
"""

from __future__ import annotations

import fcntl
import os
import uuid
from pathlib import Path

from django.conf import settings


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "senders"


class Owner:
    """A worker that claims e-mails, under a name of its own."""

    def __init__(self) -> None:
        self.name = uuid.uuid4().hex
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        waiting = folder / f"{self.name}.new"
        self._held = os.open(waiting, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._held, fcntl.LOCK_EX)
        waiting.rename(folder / self.name)  # Nobody ever sees it without its lock.

    def leave(self) -> None:
        os.close(self._held)


def is_dead(name: str) -> bool:
    """Say whether a worker of this machine is gone for sure."""
    path = _folder() / name
    try:
        found = os.open(path, os.O_RDWR)
    except (FileNotFoundError, NotADirectoryError):
        return False
    try:
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(found)
    return True


def sweep(still_named: set[str]) -> None:
    """Remove the files of workers that are gone and hold nothing any more."""
    for path in _folder().glob("*"):
        if path.name not in still_named and path.suffix != ".new" and is_dead(path.name):
            path.unlink(missing_ok=True)

"""
Whole copies of the school that backups and restorings make aside, and what is left of those that were killed.

Whoever works holds a lock that ends with the process: what nobody holds any more is swept.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings

UNFINISHED = ".unfinished"
ASIDE = "preau-{}-"
SORTS = ("backup", "restore")


@contextmanager
def aside(sort: str) -> Iterator[Path]:
    """Lend a folder of one's own in the data folder."""
    with tempfile.TemporaryDirectory(prefix=ASIDE.format(sort), dir=settings.DATA_DIR) as folder:
        lock = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Path(folder)
        finally:
            os.close(lock)


@contextmanager
def held(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that only its owner reads, to be written from its beginning, and hold it meanwhile."""
    path.touch(mode=0o600)
    with path.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def sweep(*places: Path) -> int:
    """Remove what killed backups and restorings left in these folders; return how many things went."""
    left = [found for place in places for sort in SORTS for found in place.glob(f"{ASIDE.format(sort)}*")]
    left += [found for place in places for found in place.glob(f"*.tar.gz{UNFINISHED}")]
    return sum(_remove(found) for found in left)


def _remove(found: Path) -> bool:
    with suppress(OSError):  # Somebody else's, somebody at work, or gone already.
        lock = os.open(found, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink()
        finally:
            os.close(lock)
        return True
    return False

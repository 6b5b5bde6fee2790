"""The file of a backup: a .tar.gz with the database, the files, and a manifest with the checksum of each."""

import hashlib
import io
import json
import os
import sqlite3
import tarfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from preau.kit import clock
from preau.kit.progress import Progress, nobody_watches

from . import databases
from .leftovers import UNFINISHED, aside, held, sweep
from .refusals import NoFolder, NoRoom

FORMAT = 1
MANIFEST = "manifest.json"


def pack(target: Path, *, progress: Progress = nobody_watches) -> dict[str, Any]:
    """
    Write the backup beside its place, then put it there: a half-made one never looks whole.

    :raises NoFolder: when the place is not there, or nothing may be written in it
    :raises NoRoom: when the disk is full, or takes no more for another reason
    """
    place = target.absolute().parent
    if not os.access(place, os.W_OK):
        raise NoFolder(folder=place)
    sweep(settings.DATA_DIR, place)
    unfinished = target.with_name(f"{target.name}{UNFINISHED}")
    try:
        with aside("backup") as folder, held(unfinished) as file:
            database = folder / databases.FILES[connection.vendor]
            databases.copy_out(database)
            manifest = _write(file, {database.name: database, **_files_here()}, progress)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise NoRoom(file=target, reason=error) from error
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    unfinished.replace(target)
    return manifest


def _files_here() -> dict[str, Path]:
    """Return the files people gave, in a steady order. Those in a bucket stay there, with its versions."""
    if settings.FILES_AT:
        return {}
    root = Path(settings.MEDIA_ROOT)
    paths = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {f"files/{path.relative_to(root)}": path for path in paths}


def _write(file: IO[bytes], sources: dict[str, Path], progress: Progress) -> dict[str, Any]:
    members, vanished = {}, []
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as bundle:
        for done, (name, path) in enumerate(sources.items(), start=1):
            try:
                with path.open("rb") as source:
                    members[name] = hashlib.file_digest(source, "sha256").hexdigest()
                    source.seek(0)
                    bundle.addfile(bundle.gettarinfo(arcname=name, fileobj=source), source)
            except FileNotFoundError:  # Somebody removed it since the files were listed.
                vanished.append(name)
            progress(done, len(sources))
        manifest = {
            "format": FORMAT,
            "version": our_version(),
            "made_at": clock.now().isoformat(),
            "database": connection.vendor,
            "files_at": settings.FILES_AT,
            "members": members,
            "vanished": vanished,
        }
        content = json.dumps(manifest, indent=1).encode()
        line = tarfile.TarInfo(MANIFEST)
        line.size = len(content)
        bundle.addfile(line, io.BytesIO(content))
    return manifest


def our_version() -> str:
    try:
        return version("preau")
    except PackageNotFoundError:
        return "0"

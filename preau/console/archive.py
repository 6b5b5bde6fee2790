"""The file of a backup: a .tar.gz with the database, the files, and a manifest with the checksum of each."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from preau.kit import clock
from preau.kit.progress import Progress, nobody_watches

from . import databases
from .refusals import NoFolder

FORMAT = 1
MANIFEST = "manifest.json"


def pack(target: Path, *, progress: Progress = nobody_watches) -> dict[str, Any]:
    """Write the backup beside its place, then put it there: a half-made one never looks whole."""
    if not os.access(target.absolute().parent, os.W_OK):
        raise NoFolder(folder=target.absolute().parent)
    unfinished = target.with_name(f"{target.name}.unfinished")
    with tempfile.TemporaryDirectory(prefix="preau-backup-", dir=settings.DATA_DIR) as folder:
        database = Path(folder) / databases.FILES[connection.vendor]
        databases.copy_out(database)
        sources = {database.name: database, **_files_here()}
        unfinished.touch(mode=0o600)
        with unfinished.open("wb") as file:
            manifest = _write(file, sources, progress)
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
    members = {}
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as bundle:
        for done, (name, path) in enumerate(sources.items(), start=1):
            with path.open("rb") as source:
                members[name] = hashlib.file_digest(source, "sha256").hexdigest()
            bundle.add(path, name, recursive=False)
            progress(done, len(sources))
        manifest = {
            "format": FORMAT,
            "version": our_version(),
            "made_at": clock.now().isoformat(),
            "database": connection.vendor,
            "files_at": settings.FILES_AT,
            "members": members,
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

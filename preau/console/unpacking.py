"""
Bringing a backup back. Nothing of it is trusted: a member that the manifest does not name, a link, a path
that climbs out or a checksum that differs refuses the whole before anything here is touched.
"""

import hashlib
import json
import shutil
import tarfile
import zlib
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.utils import DatabaseError

from preau.kit.memory import forget_what_changed
from preau.kit.progress import Progress, nobody_watches
from preau.people.models import Person
from preau.structure.models import School

from . import databases
from .archive import FORMAT, MANIFEST
from .leftovers import aside, sweep
from .refusals import NotABackup, OtherDatabase, OtherFiles

CHUNK = 1024 * 1024


def school_is_empty() -> bool:
    """Say whether nobody is here yet. A database without tables is empty."""
    try:
        return not (Person.objects.exists() or School.objects.exists())
    except DatabaseError:
        return True


def unpack(source: Path, *, progress: Progress = nobody_watches) -> dict[str, Any]:
    """Read and check everything aside, then put the database and the files in place."""
    sweep(settings.DATA_DIR)
    with aside("restore") as folder:
        manifest = _read(source, folder, progress)
        databases.copy_in(folder / databases.FILES[connection.vendor])
        if not settings.FILES_AT:
            _put_files_in_place(folder / "files")
    call_command("migrate", interactive=False, verbosity=0)
    forget_what_changed()
    return manifest


def _read(source: Path, folder: Path, progress: Progress) -> dict[str, Any]:
    try:
        with tarfile.open(source, "r:gz") as bundle:
            sums = {}
            for done, member in enumerate(bundle, start=1):
                sums[member.name] = _take(bundle, member, folder, source)
                progress(done, 0)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        named = dict(manifest["members"])
        made_on, made_as = manifest["database"], manifest["format"]
        files_at = str(manifest.get("files_at", ""))
    except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise NotABackup(file=source.name, reason=error) from error
    if made_on != connection.vendor:
        raise OtherDatabase(theirs=made_on, ours=connection.vendor)
    if files_at != settings.FILES_AT:
        raise OtherFiles(
            theirs=files_at or settings.MEDIA_ROOT, ours=settings.FILES_AT or settings.MEDIA_ROOT
        )
    sums.pop(MANIFEST)
    if sums != named or made_as != FORMAT or databases.FILES[connection.vendor] not in sums:
        raise NotABackup(file=source.name, reason=_("its content is not what its list says."))
    return manifest


def _take(bundle: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, source: Path) -> str:
    """Write one member aside and return its checksum; refuse what is no plain file of ours."""
    path = PurePosixPath(member.name)
    is_ours = member.name in {MANIFEST, *databases.FILES.values()} or path.parts[:1] == ("files",)
    content = bundle.extractfile(member) if member.isreg() else None
    if content is None or not is_ours or ".." in path.parts or path.is_absolute() or "\\" in member.name:
        raise NotABackup(file=source.name, reason=_("it holds something that no backup holds."))
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    checksum = hashlib.sha256()
    with place.open("xb") as file:
        while piece := content.read(CHUNK):
            checksum.update(piece)
            file.write(piece)
    return checksum.hexdigest()


def _put_files_in_place(restored: Path) -> None:
    root = Path(settings.MEDIA_ROOT)
    former = root.with_name(f"{root.name}.before-restore")
    shutil.rmtree(former, ignore_errors=True)
    if root.exists():
        root.replace(former)
    if restored.exists():
        shutil.move(restored, root)
    shutil.rmtree(former, ignore_errors=True)

"""Keeping files and letting them go."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.events import announce
from preau.kit.refusals import Refusal
from preau.kit.storage import names_in
from preau.people.models import Person

from . import pictures, queries
from .contents import PICTURES, checked_type, name_of
from .events import PictureKept
from .models import StoredFile
from .uses import MB, Use

UNDISTURBED = timedelta(days=1)
"""What is younger may belong to something that is being written just now."""
log = logging.getLogger(__name__)


class PersonKeepsTooMuch(Refusal):
    words = _(
        "You keep %(kept)s MB of files here, and %(most)s MB is the most. Remove some that nobody needs "
        "any more, then send this one again."
    )


class SchoolKeepsTooMuch(Refusal):
    words = _("The school has no room left for files of this kind. Tell the system administrator.")


@dataclass(frozen=True)
class Swept:
    """What a sweep removed: files that nothing referred to, and bytes that no record named."""

    files: int
    bytes_without_record: int


@transaction.atomic
def keep(*, use: Use, file: Any, by: Person | None, at: datetime) -> StoredFile:
    """
    Keep a file. Attach what comes back in the same transaction: a sweep removes what nothing refers to.

    :raises FileTooLarge: above what the use allows
    :raises NotAccepted: when its content is nothing the use accepts
    :raises HasMacros: when an office document holds programs
    :raises BrokenPicture, PictureTooLarge: when a picture cannot be opened, or unfolds into too much
    :raises PersonKeepsTooMuch, SchoolKeepsTooMuch: when there is no room left
    """
    content_type = checked_type(file, use)
    _have_room(use, file.size, by)
    name = name_of(file.name or "", content_type)
    stored = StoredFile(use=use.key, name=name, content_type=content_type, size=file.size)
    stored.sha256, stored.kept_by, stored.kept_at = _fingerprint(file), by, at
    stored.content.save(f"file{PurePosixPath(name).suffix}", file, save=False)
    stored.save(force_insert=True)
    if content_type in PICTURES:
        announce(PictureKept(stored.pk))
    return stored


@transaction.atomic
def let_go(*, file: StoredFile) -> bool:
    """Remove a file, its bytes once that is certain; say whether it went. What is referred to stays."""
    contents = [content.name for content in (file.content, file.thumbnail) if content]
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return False
    for name in contents:
        transaction.on_commit(partial(default_storage.delete, name))
    return True


def draw_thumbnail(*, picture: StoredFile) -> None:
    """Draw the small form of a picture. One that cannot be drawn has none."""
    try:
        with picture.content.open("rb") as content:
            drawn = pictures.thumbnail_of(content)
    except (pictures.Unreadable, FileNotFoundError):
        log.warning("No thumbnail of the file %s: it cannot be drawn.", picture.pk)
        return
    picture.thumbnail.save("thumbnail.webp", ContentFile(drawn), save=False)
    if not StoredFile.objects.filter(pk=picture.pk).update(thumbnail=picture.thumbnail.name):
        picture.thumbnail.delete(save=False)  # The picture went meanwhile.


def sweep(*, at: datetime) -> Swept:
    """Remove the files that nothing refers to and the bytes that no record names, once they are a day old."""
    forgotten = StoredFile.objects.unreferenced().filter(kept_at__lt=at - UNDISTURBED)
    gone = sum(let_go(file=file) for file in forgotten.iterator())
    strays = list(_bytes_without_record(default_storage))
    for name in strays:
        default_storage.delete(name)
    return Swept(gone, len(strays))


def _bytes_without_record(storage: Storage) -> list[str]:
    before = clock.on_the_wall() - UNDISTURBED
    names = list(names_in(storage))  # Listed before the records are read: what comes in between is known.
    known = queries.names_on_record()
    return [name for name in names if name not in known and storage.get_modified_time(name) < before]


def _have_room(use: Use, size: int, by: Person | None) -> None:
    """Refuse a file without room. The person is held: of two files at once, the second is counted."""
    most = settings.FILES_PER_USE.get(use.key)
    if most is not None and queries.bytes_kept_for(use.key) + size > most:
        raise SchoolKeepsTooMuch
    if by is None or not use.is_counted:
        return
    Person.objects.select_for_update().get(pk=by.pk)
    kept = queries.bytes_kept_by(by)
    if kept + size > settings.FILES_PER_PERSON:
        raise PersonKeepsTooMuch(kept=kept // MB, most=settings.FILES_PER_PERSON // MB)


def _fingerprint(file: Any) -> str:
    file.seek(0)
    checksum = hashlib.sha256()
    for piece in file.chunks():
        checksum.update(piece)
    file.seek(0)
    return checksum.hexdigest()

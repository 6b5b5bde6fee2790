"""For migrations: files that an app kept by itself become files of this app. Their bytes stay in place."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage

from .contents import LONGEST_NAME


def adopt(
    apps: Any,
    content: str,
    *,
    use: str,
    by: int | None,
    at: datetime,
    content_type: str,
    name: str = "",
) -> Any:
    """
    Return a new row for bytes that are in the storage already. Missing bytes get a row without a checksum.

    :param apps: the apps of the migration, which depends on the first one of `files`
    :param content: the name of the bytes in the storage
    """
    size, checksum = 0, ""
    if default_storage.exists(content):
        with default_storage.open(content) as file:
            size, checksum = file.size, hashlib.file_digest(file, "sha256").hexdigest()
    return apps.get_model("files", "StoredFile").objects.create(
        use=use,
        content=content,
        name=(name or PurePosixPath(content).name)[:LONGEST_NAME],
        content_type=content_type,
        size=size,
        sha256=checksum,
        kept_by_id=by,
        kept_at=at,
    )

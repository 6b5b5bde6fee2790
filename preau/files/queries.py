"""What is asked of files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.db.models import Sum

from preau.people.models import Person

from .models import StoredFile
from .uses import declared


def bytes_kept_by(person: Person) -> int:
    """Return how many bytes a person keeps, in the uses that count."""
    counted = [use.key for use in declared() if use.is_counted]
    kept = StoredFile.objects.filter(kept_by=person, use__in=counted)
    return kept.aggregate(bytes=Sum("size"))["bytes"] or 0


def bytes_kept_for(use: str) -> int:
    """Return how many bytes the whole school keeps for a use."""
    return StoredFile.objects.filter(use=use).aggregate(bytes=Sum("size"))["bytes"] or 0


@contextmanager
def as_path(file: StoredFile) -> Iterator[Path]:
    """Lend a file as a path to a reader that needs one: the file itself, or a copy when it is kept afar."""
    if isinstance(file.content.storage, FileSystemStorage):
        yield Path(file.content.path)
        return
    with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix) as copy, file.content.open("rb") as afar:
        shutil.copyfileobj(afar, copy)
        copy.flush()
        yield Path(copy.name)

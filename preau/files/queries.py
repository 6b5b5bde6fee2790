"""What is asked of files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.core.files.storage import FileSystemStorage, default_storage
from django.db.models import FileField, Sum

from preau.kit.storage import names_in
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


def names_on_record() -> set[str]:
    """Return the names, in the storage, of all bytes that a record of any app names."""
    return {
        name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
        for name in model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
    }


def bytes_missing() -> int:
    """Return how many of the bytes that records name are not in the storage."""
    return len(names_on_record() - set(names_in(default_storage)))


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


def is_of_a_sensitive_use(file: UUID) -> bool:
    """Say whether taking this file away asks a second factor of some. One query."""
    uses = [use.key for use in declared() if use.is_sensitive]
    return StoredFile.objects.filter(pk=file, use__in=uses).exists()

"""Where files are kept: outside the web root, under names nobody can guess."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from uuid import uuid4

from django.core.files.storage import FileSystemStorage, Storage


class PrivateNames:
    """What every storage of the school is: names that nobody can guess, and no addresses."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return a fresh name: the folder asked for, a random stem, the last suffix of the original."""
        asked = PurePosixPath(name)
        return str(asked.parent / f"{uuid4().hex}{asked.suffix.lower()[:10]}")

    def url(self, name: str | None, *args: object, **more: object) -> str:
        """Refuse: a stored file has no address of its own."""
        raise ValueError("A private file has no address: serve it through a view with a rule.")


class PrivateStorage(PrivateNames, FileSystemStorage):
    """Keep files where no web server looks. They leave through a view with a rule, as attachments."""


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the name of every file in a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    inside = f"{folder}/" if folder else ""
    yield from (f"{inside}{name}" for name in files)
    for name in folders:
        yield from names_in(storage, f"{inside}{name}")

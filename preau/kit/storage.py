"""Where files are kept: outside the web root, under names nobody can guess."""

from pathlib import PurePosixPath
from uuid import uuid4

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Keep files where no web server looks. They leave through a view with a rule, as attachments."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return a fresh name: the folder asked for, a random stem, the last suffix of the original."""
        asked = PurePosixPath(name)
        return str(asked.parent / f"{uuid4().hex}{asked.suffix.lower()[:10]}")

    def url(self, name: str | None) -> str:
        """Refuse: a stored file has no address of its own."""
        raise ValueError("A private file has no address: serve it through a view with a rule.")

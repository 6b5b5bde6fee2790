"""Our stories are told in English; the secretary brings files."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def bring_file(school, tap):
    """Choose a file on the screen, as the secretary."""

    def choose(text, *, kind="people", name="pupils.csv", as_=None):
        content = text if isinstance(text, bytes) else text.encode()
        form = {"kind": kind, "file": SimpleUploadedFile(name, content)}
        return tap("exchange:imports", form, as_=as_ or school.maes, htmx=False)

    return choose

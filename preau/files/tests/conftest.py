"""A use for files that nothing hangs on: whoever keeps such a file opens it, and nobody else."""

import pytest

from preau.files import uses
from preau.files.contents import DOCUMENTS
from preau.files.models import StoredFile
from preau.people.relations import is_the


@pytest.fixture
def locker(monkeypatch):
    monkeypatch.setattr(uses, "_declared", dict(uses._declared))
    use = uses.Use(
        "files.locker",
        DOCUMENTS,
        heaviest=uses.MB,
        opened_by=is_the("kept_by").over(StoredFile),
        through="pk",
    )
    return uses.declare(use)

"""Design knows no school: neither do its tests, unless one gives it a face."""

import pytest

from preau.design import context


@pytest.fixture(autouse=True)
def _nameless_school(monkeypatch):
    monkeypatch.setattr(context, "_who_knows_the_school", None)

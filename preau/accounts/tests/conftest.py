"""The browsers of these stories ask for English, as its people do."""

import pytest

from .builders import browser


@pytest.fixture
def client():
    return browser()

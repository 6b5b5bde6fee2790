"""What the tests of the whole house share."""

import pytest

from tests.stage import Stage
from tests.walk import Walk


@pytest.fixture
def stage(db) -> Stage:
    return Stage()


@pytest.fixture
def walk(stage: Stage) -> Walk:
    return Walk(stage)

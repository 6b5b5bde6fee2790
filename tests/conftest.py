"""What the tests of the whole house share: a stage, set once for all the tests of a file."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from conftest import TUESDAY_10_24
from preau.kit import clock
from tests.stage import Stage
from tests.walk import Walk


@pytest.fixture(scope="module")
def _stage_of_the_file(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), clock.at(TUESDAY_10_24), transaction.atomic():
        yield Stage()
        transaction.set_rollback(True)


@pytest.fixture
def stage(_stage_of_the_file: Stage, db) -> Stage:
    """What a test does on the stage is undone after it (`db` is a savepoint here)."""
    return _stage_of_the_file


@pytest.fixture
def walk(stage: Stage) -> Walk:
    return Walk(stage)

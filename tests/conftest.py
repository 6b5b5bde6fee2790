"""What the tests of the whole house share: a stage, set once for all the tests of a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from conftest import TUESDAY_10_24
from preau.files.tests.conftest import locker  # noqa: F401 – a fixture
from preau.kit import clock, memory
from tests.stage import Stage
from tests.walk import Walk


@pytest.fixture(scope="module")
def _files_of_the_stage(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("stage")


@pytest.fixture(scope="module")
def _stage_of_the_file(django_db_setup, django_db_blocker, _files_of_the_stage) -> Iterator[Stage]:
    with django_db_blocker.unblock(), clock.at(TUESDAY_10_24), transaction.atomic():
        memory.forget()  # Of the school of the file before: this comes before what is done for each test.
        with override_settings(MEDIA_ROOT=_files_of_the_stage):
            stage = Stage()
        yield stage
        transaction.set_rollback(True)


@pytest.fixture
def stage(_stage_of_the_file: Stage, _files_of_the_stage: Path, db, settings) -> Stage:
    """What a test does on the stage is undone after it (`db` is a savepoint here)."""
    settings.MEDIA_ROOT = _files_of_the_stage
    return _stage_of_the_file


@pytest.fixture
def walk(stage: Stage) -> Walk:
    return Walk(stage)

"""The demonstration lycée, opened once for all the tests of a module, small, and gone after them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from preau.kit import clock
from preau.kit.demo import DAY, Options, Summary, open_demonstration

SMALL, MIDDLE = Options(pupils=60), Options(pupils=240)


@contextmanager
def opened(options: Options) -> Iterator[Summary]:
    """Open a demonstration for a while, inside a transaction that is never kept."""
    with transaction.atomic():
        yield open_demonstration(options)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _small(django_db_setup, django_db_blocker) -> Iterator[Summary]:
    with django_db_blocker.unblock(), opened(SMALL) as summary:
        yield summary


@pytest.fixture(scope="module")
def _middle(django_db_setup, django_db_blocker) -> Iterator[Summary]:
    with django_db_blocker.unblock(), opened(MIDDLE) as summary:
        yield summary


@pytest.fixture
def lycee(_small: Summary, db) -> Summary:
    """Sixty pupils: enough for every story. What a test does to them is undone after it."""
    return _small


@pytest.fixture
def big_lycee(_middle: Summary, db) -> Summary:
    """Enough pupils for proportions to show."""
    return _middle


@pytest.fixture(autouse=True)
def its_day(school_day) -> Iterator[None]:
    """It is the day on which the demonstration lives."""
    with clock.at(DAY):
        yield

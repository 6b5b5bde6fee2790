"""What every test may ask for: the cast, a door to visit, a form to send."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from preau.kit import clock, memory
from tests.cast import Cast
from tests.schema import copy_the_tables

pytest_plugins = ["tests.seconds"]

# A busy machine is no mistake of ours: examples may take the time they take.
hypothesis.register_profile("preau", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("preau")

TUESDAY_10_24 = datetime(2026, 11, 24, 10, 24, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """The tables of tests are migrated once for all processes; each begins with a copy."""
    with django_db_blocker.unblock():
        copy_the_tables()


@pytest.fixture(scope="session", autouse=True)
def _no_static_files_are_collected() -> None:
    """None are looked for either, not even by the server of journeys, which begins before the first test."""
    settings.STATIC_ROOT = None


@pytest.fixture(autouse=True)
def school_day() -> Iterator[datetime]:
    """It is Tuesday 24 November 2026, 10.24, in every test that does not say otherwise (`clock.at`)."""
    with clock.at(TUESDAY_10_24):
        yield TUESDAY_10_24


@pytest.fixture(autouse=True)
def _speaks_english():
    """Sentences are read in the language of the source; a page is in the language of its reader."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _a_real_school(settings):
    """No test takes place in a demonstration, wherever it is started from, unless it says so."""
    settings.DEMO_MODE = False


@pytest.fixture(autouse=True)
def _files_of_this_test_only(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _nobody_remembers_another_school():
    memory.forget()


@pytest.fixture(autouse=True)
def _the_worker_keeps_the_connection(monkeypatch):
    """What waits is done within the transaction of the test: closing the connection would end both."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)


@pytest.fixture
def school(db) -> Cast:
    return Cast()


@pytest.fixture
def visit(client):
    """Open a page as somebody: visit("gradebook:sheet", as_=school.vandamme, group_id=4)."""

    def visit(page, *, as_=None, query=None, headers=None, **ids):
        if as_:
            client.force_login(as_.account)
        return client.get(reverse(page, kwargs=ids), query or {}, headers=headers or {})

    return visit


@pytest.fixture
def tap(client):
    """Send a form as somebody, through HTMX; `htmx=False` is a browser without scripts."""

    def tap(page, form=None, *, as_=None, htmx=True, **ids):
        if as_:
            client.force_login(as_.account)
        headers = {"HX-Request": "true"} if htmx else {}
        return client.post(reverse(page, kwargs=ids), form or {}, headers=headers)

    return tap

"""A daily job is started once a day, whoever asks, and again when a day has gone by."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from preau.kit import jobs
from preau.kit.jobs import once_a_day, start_what_is_due


@jobs.job
def air_the_rooms() -> None:
    """Open the windows."""


@pytest.fixture
def _every_day(monkeypatch):
    monkeypatch.setattr(jobs, "_every_day", [])
    once_a_day(air_the_rooms)


@pytest.mark.django_db
@pytest.mark.usefixtures("_every_day")
def test_a_daily_job_is_started_once_a_day():
    start_what_is_due()
    start_what_is_due()
    assert DBTaskResult.objects.count() == 1

    DBTaskResult.objects.update(enqueued_at=DBTaskResult.objects.get().enqueued_at - timedelta(days=1))
    start_what_is_due()
    assert DBTaskResult.objects.count() == 2


def test_the_sweep_of_files_is_one_of_them():
    assert "preau.files.tasks.sweep_files" in {the_job.module_path for the_job in jobs._every_day}

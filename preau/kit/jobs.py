"""
Long work, done aside while people go on: `preau worker` does it, or `preau serve` in a thread of its own.

A job is a function with the `job` decorator, in the `tasks.py` of an app: three lines that load a record and
call one action. Its arguments are keys and words, never records. How far it has come is a record of the app
(see `report_cards.models.Build`), told through a `kit.progress.Progress`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import task
from django_tasks.base import Task

from . import clock

A_DAY = timedelta(days=1)
Step = Callable[[Callable[[], bool]], bool]
_every_day: list[Task] = []
_all_the_while: list[Step] = []


def job(work: Callable[..., None]) -> Task:
    """Make a job of a function: `start(the_job, build_id=4)` has it done aside."""
    return task()(work)


def start(the_job: Task, **what: Any) -> None:
    """Have a job done, as soon as what was written just now is safely stored."""
    transaction.on_commit(partial(the_job.enqueue, **what))


def once_a_day(the_job: Task) -> Task:
    """Have a job without arguments started every day, by whichever worker is there."""
    _every_day.append(the_job)
    return the_job


def all_the_while(step: Step) -> Step:
    """
    Have a step done again and again beside the jobs, by every worker: at once when it says that there was
    something to do, else after a pause. It is told how to ask whether the worker goes on.
    """
    _all_the_while.append(step)
    return step


def steps() -> list[Step]:
    """Return what every worker does again and again."""
    return list(_all_the_while)


def start_what_is_due() -> None:
    """Start the daily jobs that nobody has started for a day. Two workers may do one twice, to no harm."""
    from django_tasks_db.models import DBTaskResult

    lately = DBTaskResult.objects.filter(enqueued_at__gt=clock.on_the_wall() - A_DAY)
    for the_job in _every_day:
        if not lately.filter(task_path=the_job.module_path).exists():
            the_job.enqueue()


def do_what_waits() -> None:
    """Do all the jobs that wait, here and now, and return: for tests, the console and a serving process."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"preau-{uuid.uuid4().hex[:12]}",
        excluded_queue_names=[],
    ).run()
    for step in _all_the_while:
        while step(_goes_on):
            pass


def _goes_on() -> bool:
    return True

"""`preau worker`: do the long jobs that pages leave for later."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import threading
import time
import uuid
from gettext import gettext as _
from typing import TYPE_CHECKING

from .parsers import Commands

if TYPE_CHECKING:
    from preau.kit.jobs import Step

log = logging.getLogger(__name__)

PAUSE = 1.0
LONG_PAUSE = 10.0
ENDS_WITHIN = 8.0
LOOKS_FOR_DAILY_JOBS_EVERY = 600


def describe(commands: Commands) -> None:
    about = _("do the long jobs that pages leave for later")
    parser = commands.add_parser("worker", help=about, description=about)
    parser.add_argument("--once", action="store_true", help=_("do what waits now, then leave"))
    parser.add_argument("--with-process", type=int, default=0, help=argparse.SUPPRESS)
    parser.set_defaults(run=run, needs_the_school=True)


def run(arguments: argparse.Namespace) -> int:
    from preau.kit.jobs import do_what_waits, start_what_is_due, steps

    if arguments.once:
        start_what_is_due()
        do_what_waits()
        return 0
    threading.Thread(target=start_daily_jobs, daemon=True).start()
    if arguments.with_process:
        threading.Thread(target=leave_with, args=(arguments.with_process,), daemon=True).start()
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        interval=PAUSE,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"preau-{uuid.uuid4().hex[:12]}",
        excluded_queue_names=[],
    )
    worker.configure_signals()
    leaves = threading.Event()
    beside = [threading.Thread(target=keep_on, args=(step, leaves), daemon=True) for step in steps()]
    for thread in beside:
        thread.start()
    worker.run()
    leaves.set()
    for thread in beside:
        thread.join(timeout=ENDS_WITHIN)
    return 0


def keep_on(step: Step, leaves: threading.Event) -> None:
    """Do a step again and again, until the worker leaves. What goes wrong is told, and tried again later."""
    from django.db import close_old_connections, connection

    while not leaves.is_set():
        try:
            if step(lambda: not leaves.is_set()):
                continue
            close_old_connections()
        except Exception:
            log.exception("What a worker does all the while went wrong; it goes on.")
            connection.close()
            leaves.wait(LONG_PAUSE)
        leaves.wait(PAUSE)


def leave_with(process: int) -> None:
    """End when the server that started us is gone, however it went."""
    while os.getppid() == process:
        time.sleep(PAUSE)
    os._exit(0)


def start_daily_jobs() -> None:
    """Start what is due each day, while the worker runs. A database that is away is asked again later."""
    from django.db import DatabaseError, connection

    from preau.kit.jobs import start_what_is_due

    while True:
        with contextlib.suppress(DatabaseError):
            start_what_is_due()
        connection.close()
        time.sleep(LOOKS_FOR_DAILY_JOBS_EVERY)

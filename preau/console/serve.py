"""`preau serve`: the server, and beside it the worker that does long jobs."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import threading
import time
from gettext import gettext as _
from typing import TYPE_CHECKING

from .parsers import Commands

if TYPE_CHECKING:
    from .lasting import LastingServer

MOST_WORKERS = 4
PAUSE = 2.0
MOST_CONNECTIONS = 4096
"""Of one serving process, with those of browsers that are merely open and ask for nothing."""


def describe(commands: Commands) -> None:
    about = _("serve the school to browsers")
    parser = commands.add_parser("serve", help=about, description=about)
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT") or 8000), help=_("8000 unless told")
    )
    parser.add_argument("--workers", type=int, default=default_workers(), help=_("serving processes"))
    parser.add_argument(
        "--no-worker", action="store_true", help=_("leave long jobs to a `preau worker` elsewhere")
    )
    parser.set_defaults(run=run, needs_the_school=True)


def default_workers() -> int:
    """Return one serving process per core, four at most."""
    return int(os.environ.get("PREAU_WORKERS") or min(os.cpu_count() or 1, MOST_WORKERS))


def run(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from .leftovers import sweep

    sweep(settings.DATA_DIR)
    os.environ["PREAU_SERVER_PROCESS"] = str(os.getpid())
    address = os.environ.get("PREAU_LISTEN") or "127.0.0.1"
    server = server_of("preau.console.served:application", address, arguments.port, max(1, arguments.workers))
    helper = None if arguments.no_worker else JobsBeside()
    print(
        _("Préau is at http://%(address)s:%(port)s") % {"address": address, "port": arguments.port},
        flush=True,
    )
    try:
        server.serve()
    finally:
        if helper:
            helper.stop()
    return 0


def server_of(application: str, address: str, port: int, workers: int) -> LastingServer:
    """Return the server: of the threads of a process one answers, and the others wait for it (`turns.py`)."""
    from granian.constants import Interfaces

    from .lasting import LastingServer
    from .turns import THREADS

    return LastingServer(
        application,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=MOST_CONNECTIONS,
        log_access=False,
        websockets=False,
    )


class JobsBeside:
    """A `preau worker` in a process of its own, started again if it falls."""

    def __init__(self) -> None:
        self.is_wanted = True
        self.process = self._start()
        threading.Thread(target=self._watch, name="jobs beside", daemon=True).start()

    def stop(self) -> None:
        """End the worker: after the job it is doing, or at once after ten seconds."""
        self.is_wanted = False
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def _start(self) -> subprocess.Popen:
        command = [sys.executable, "-m", "preau.console", "worker", "--with-process", str(os.getpid())]
        return subprocess.Popen(command)  # noqa: S603 – our own command, with our own arguments.

    def _watch(self) -> None:
        while self.is_wanted:
            self.process.wait()
            if self.is_wanted:
                time.sleep(PAUSE)
                self.process = self._start()

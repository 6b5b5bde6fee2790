"""`preau serve` answers browsers and leaves when it is asked to."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from preau.console.lasting import LastingServer, why

ROOT = Path(__file__).resolve().parents[3]
LONG = 40


@pytest.fixture
def served(tmp_path):
    """Serve an empty folder on a free port, and stop it whatever happens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    own = {"PYTHONPATH": str(ROOT), "PREAU_DATA": str(tmp_path), "PREAU_DEMO": "1", "PREAU_LANGUAGE": "en"}
    command = ["serve", "--port", str(port), "--workers", "1", "--no-worker"]
    server = subprocess.Popen(
        [sys.executable, "-m", "preau.console", *command],
        cwd=ROOT,
        env={**kept, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield server, f"http://127.0.0.1:{port}/health/"
    if server.poll() is None:
        server.kill()


def answer_of(address):
    deadline = time.monotonic() + LONG
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310 – our own server.
                return json.load(answer)
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


def test_it_answers_and_leaves_when_told_to(served):
    server, address = served

    assert answer_of(address)["status"] == "ok"
    server.send_signal(signal.SIGTERM)

    assert server.wait(timeout=LONG) == 0
    assert address.removesuffix("/health/") in server.stdout.read()


def test_browsers_that_are_merely_open_keep_no_newcomer_waiting(served):
    _server, address = served
    answer_of(address)
    place = ("127.0.0.1", urlsplit(address).port)

    with ExitStack() as open_browsers:
        for _browser in range(400):
            open_browsers.enter_context(socket.create_connection(place))

        with urlopen(address, timeout=10) as answer:  # noqa: S310 – our own server.
            assert json.load(answer)["status"] == "ok"


def test_whatever_kills_the_server_leaves_nobody_behind_on_its_port(served):
    server, address = served
    answer_of(address)

    server.kill()
    server.wait(timeout=LONG)

    port = int(address.split(":")[2].split("/")[0])
    deadline = time.monotonic() + LONG
    while time.monotonic() < deadline:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.2)
    raise AssertionError("a serving process outlives its server")


def serving_processes(server):
    return [int(pid) for pid in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]


def test_it_goes_on_however_often_a_serving_process_dies_and_says_why(served):
    server, address = served
    answer_of(address)

    for _again in range(3):
        (process,) = serving_processes(server)
        os.kill(process, signal.SIGKILL)
        assert answer_of(address)["status"] == "ok"

    assert server.poll() is None
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=LONG) == 0
    assert server.stdout.read().count("Serving process 1 ended by itself (SIGKILL") == 3


def test_the_pause_before_another_process_doubles_and_is_forgotten_after_a_quiet_minute(monkeypatch):
    server, now = LastingServer("preau.console.served:application"), 1000.0
    monkeypatch.setattr("preau.console.lasting.time.monotonic", lambda: now)

    pauses = [server._pause_after(1) for _death in range(9)]
    now += 61

    assert pauses == [0, 0.5, 1, 2, 4, 8, 16, 30, 30]
    assert server._pause_after(1) == 0
    assert (why(3), why(-11)) == ("exit status 3", "SIGSEGV")

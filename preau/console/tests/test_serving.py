"""`preau serve` answers browsers and leaves when it is asked to."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

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

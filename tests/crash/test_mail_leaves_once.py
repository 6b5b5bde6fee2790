"""Workers and the mail server die while e-mails leave: each arrives, none that was confirmed does twice."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 120
MANY = 240


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Process:
    """A program of ours, that can be killed with all that belongs to it."""

    def __init__(self, *command, env):
        self.started = subprocess.Popen(
            [sys.executable, "-m", *map(str, command)],
            env=env,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self):
        if self.started.poll() is None:
            os.killpg(self.started.pid, signal.SIGKILL)
            self.started.wait()


class MailServer(Process):
    """A mail server that keeps what it gets."""

    def __init__(self, folder, port):
        self.folder, self.port = folder, port
        super().__init__("tests.crash.mail_server", port, folder, env=os.environ.copy())
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < until, "the mail server does not answer"
            time.sleep(0.05)

    def _answers(self):
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", self.port)) == 0

    @property
    def received(self):
        path = self.folder / "received"
        lines = path.read_text().splitlines() if path.exists() else []
        return Counter(line.split()[0] for line in lines)

    def wait_for(self, many):
        until = time.monotonic() + PATIENCE
        while len(self.received) < many:
            assert time.monotonic() < until, f"{len(self.received)} of {many} arrived"
            time.sleep(0.02)


def mails(what, *more, env):
    command = [sys.executable, "-m", "tests.crash.mails", what, *map(str, more)]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def server(tmp_path):
    server = MailServer(tmp_path, free_port())
    yield server
    server.kill()


@pytest.fixture
def env(place, server):
    known = {"PREAU_SMTP_HOST": "127.0.0.1", "PREAU_SMTP_PORT": str(server.port), "PREAU_SMTP_PATIENCE": "5"}
    return {**place, **known, "PREAU_MAIL_FROM": "Lycée <lycee@example.org>", "PREAU_SCHOOL_DAY": ""}


@pytest.mark.parametrize("many", [MANY, pytest.param(2700, marks=pytest.mark.journey)])
def test_a_worker_is_killed_three_times_beside_another_and_no_e_mail_leaves_twice(server, env, many):
    assert mails("make", many, env=env) == {"new": [many, 0]}
    chance = random.Random(7)
    steady = Process("preau.console", "worker", env=env)
    for third in (1, 2, 3):
        worker = Process("preau.console", "worker", env=env)
        server.wait_for(third * many // 4)
        time.sleep(chance.random() / 10)
        worker.kill()
    steady.kill()
    last = Process("preau.console", "worker", env=env)
    found = mails("settle", env=env)
    last.kill()

    states = Counter(found.values())
    assert states["SENT"] + states["IN_DOUBT"] == many
    assert states["IN_DOUBT"] <= 4  # One for each death, at most.
    assert max(server.received.values()) == 1
    assert {name for name, state in found.items() if state == "SENT"} <= set(server.received)


def test_the_mail_server_dies_and_comes_back_and_every_e_mail_arrives(server, env, tmp_path):
    mails("make", MANY, env=env)
    worker = Process("preau.console", "worker", env=env)
    server.wait_for(MANY // 3)
    server.kill()
    again = MailServer(tmp_path, server.port)
    found = mails("settle", env=env)
    worker.kill()
    received = again.received
    again.kill()

    unconfirmed = {name for name, state in found.items() if state != "SENT"}
    assert len(unconfirmed) <= 1  # Its answer was lost: it goes again in a minute, under the same name.
    assert set(received) | unconfirmed == set(found)
    assert max(received.values()) == 1

"""A thousand cells are being saved when the server dies: each one it acknowledged is there, once."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOKEN = "a" * 32
SENDERS = 4


def stage(what, place):
    command = [sys.executable, "-m", "tests.crash.stage", what]
    done = subprocess.run(command, env=place, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


class Server:
    """The real server, in a process group of its own, so that all of it can be killed at once."""

    def __init__(self, place):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "preau.console", "serve", "--no-worker", "--workers", "2"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            env=place,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)

    def _answers(self):
        try:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/health/")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def send(server, school, cells):
    """Save cells one by one on one connection; return those that were acknowledged, until the line breaks."""
    headers = {
        "Content-Type": "application/json",
        "Cookie": f"preau_session={school['cookie']}; preau_csrf={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
    acknowledged = []
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        for assessment, pupil in cells:
            typed = str((assessment + pupil) % 21)
            connection.request(
                "POST", school["address"], json.dumps({"cells": [[assessment, pupil, 0, typed]]}), headers
            )
            answer = connection.getresponse()
            (stands,) = json.loads(answer.read())["cells"]
            assert (answer.status, stands["state"]) == (200, "saved")
            acknowledged.append((assessment, pupil, typed))
    except (OSError, HTTPException):
        pass
    return acknowledged


def burst(server, school, *, killed_after):
    """Send every cell from several senders at once; kill the server on the way if told."""
    shares = [school["cells"][first::SENDERS] for first in range(SENDERS)]
    with ThreadPoolExecutor(SENDERS) as senders:
        sending = [senders.submit(send, server, school, share) for share in shares]
        if killed_after:
            time.sleep(killed_after)
            server.kill()
        return [cell for share in sending for cell in share.result()]


def test_what_was_acknowledged_before_the_server_died_is_there_and_nothing_is_doubled(place):
    school = stage("make", place)

    acknowledged = burst(Server(place), school, killed_after=1.5)

    kept = {(assessment, pupil): points for assessment, pupil, points, _version in stage("read", place)}
    assert 0 < len(acknowledged) < len(school["cells"])
    assert [cell for cell in acknowledged if float(kept[cell[0], cell[1]]) != float(cell[2])] == []

    server = Server(place)
    try:
        assert len(burst(server, school, killed_after=0)) == len(school["cells"])
    finally:
        server.kill()
    rows = stage("read", place)
    assert len(rows) == len(school["cells"]) == 1000
    assert {version for _assessment, _pupil, _points, version in rows} == {1}

"""The evening of the report cards: more ask than can be answered, and nobody waits for nothing."""

import http.client
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path

import pytest

from preau.console import turns
from preau.console.one_moment import one_moment
from preau.console.turns import Turns

LONG = 20
ROOT = Path(__file__).resolve().parents[3]
INSIDE = {"HTTP_COOKIE": "preau_session=a"}


def request(method="GET", path="/", **more):
    return {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": io.BytesIO(), **more}


def ask(line, environ):
    """Return the status, the headers and the body of an answer."""
    said = []
    body = b"".join(line(environ, lambda *words: said.append(words)))
    return int(said[0][0].split()[0]), dict(said[0][1]), body.decode()


class Held:
    """An application that answers nobody before it is let go, and counts how many it answered at once."""

    def __init__(self):
        self.go, self.has_begun = threading.Event(), threading.Event()
        self.at_once = self.most = self.answered = 0

    def __call__(self, environ, begin):
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.has_begun.set()
        assert self.go.wait(LONG)
        self.at_once -= 1
        self.answered += 1
        begin("200 OK", [("Content-Type", "text/plain")])
        return [b"here you are"]


@pytest.fixture
def held():
    application = Held()
    yield application
    application.go.set()


@pytest.fixture
def people():
    with ThreadPoolExecutor(120) as together:
        yield together


def fill(line, held, people, number, environ=None):
    """Have one answered, and so many wait behind."""
    first = people.submit(ask, line, environ or request(**INSIDE))
    assert held.has_begun.wait(LONG)
    waiting = [people.submit(ask, line, environ or request(**INSIDE)) for _ in range(number)]
    for _moment in range(2000):
        if line.waiting == number:
            return [first, *waiting]
        threading.Event().wait(0.005)
    raise AssertionError(f"{line.waiting} wait")


def test_one_is_answered_after_the_other_in_the_order_they_came(held, people):
    line = Turns(held, asks_nothing="/static/")
    asked = fill(line, held, people, 30)

    held.go.set()

    assert {one.result(LONG)[0] for one in asked} == {HTTPStatus.OK}
    assert held.most == 1
    assert line.waiting == line.turned_away == 0


def test_newcomers_are_turned_away_first_and_what_was_typed_last(held, people, monkeypatch):
    monkeypatch.setattr(turns, "ROOM_FOR_NEWCOMERS", 2)
    monkeypatch.setattr(turns, "ROOM_FOR_PAGES", 4)
    monkeypatch.setattr(turns, "ROOM", 6)
    line = Turns(held, asks_nothing="/static/")
    asked = fill(line, held, people, 2)

    newcomer = ask(line, request())
    asked += [people.submit(ask, line, request(**INSIDE)) for _ in range(2)]
    while line.waiting < 4:
        threading.Event().wait(0.005)
    page = ask(line, request(**INSIDE))
    asked += [
        people.submit(ask, line, request("POST", "/gradebook/1/", **INSIDE)),
        people.submit(ask, line, request(path="/static/design/base.css")),
    ]
    while line.waiting < 6:
        threading.Event().wait(0.005)
    save = ask(line, request("POST", "/gradebook/1/", **INSIDE))
    held.go.set()

    assert [newcomer[0], page[0], save[0]] == [HTTPStatus.SERVICE_UNAVAILABLE] * 3
    assert {one.result(LONG)[0] for one in asked} == {HTTPStatus.OK}
    assert ask(line, request())[0] == HTTPStatus.OK
    assert (held.answered, line.turned_away) == (8, 3)


def test_who_has_waited_long_is_turned_away_and_never_answered_behind_their_back(held, people):
    line = Turns(held, asks_nothing="/static/", patience=0.05)
    first = people.submit(ask, line, request(**INSIDE))
    assert held.has_begun.wait(LONG)
    others = [people.submit(ask, line, request("POST", **INSIDE)) for _ in range(5)]

    turned_away = [one.result(LONG)[0] for one in others]
    held.go.set()

    assert turned_away == [HTTPStatus.SERVICE_UNAVAILABLE] * 5
    assert first.result(LONG)[0] == HTTPStatus.OK
    assert held.answered == 1
    assert line.waiting == 0


def test_what_fails_fails_as_before_and_the_next_one_is_answered():
    def frail(environ, begin):
        if environ["PATH_INFO"] == "/late/":
            raise TimeoutError("the database is late")
        begin("204 No Content", [])
        return []

    line = Turns(frail, asks_nothing="/static/")

    with pytest.raises(TimeoutError, match="late"):
        ask(line, request(path="/late/"))
    assert ask(line, request())[0] == HTTPStatus.NO_CONTENT


WORDS = {"en": "One moment", "fr": "Un instant", "nl": "Een ogenblik"}


@pytest.mark.parametrize("language", WORDS)
def test_a_page_says_so_in_the_readers_language_and_tries_again_by_itself(language):
    def answer(environ, begin):
        return one_moment(environ, begin, after=7)

    status, headers, page = ask(answer, request(HTTP_ACCEPT_LANGUAGE=language))
    sent = ask(answer, request("POST", HTTP_COOKIE=f"preau_language={language}"))

    assert status == sent[0] == HTTPStatus.SERVICE_UNAVAILABLE
    assert WORDS[language] in page
    assert WORDS[language] in sent[2]
    assert f'lang="{language}"' in page
    assert (headers["Retry-After"], headers["Refresh"], headers["Cache-Control"]) == ("7", "7", "no-store")
    assert sent[1]["Retry-After"] == "7"
    assert "Refresh" not in sent[1]
    assert "<script" not in page
    assert page != sent[2]


@pytest.mark.parametrize("header", ["HTTP_HX_REQUEST", "HTTP_PREAU_QUEUE"])
def test_a_piece_of_a_page_gets_no_page(header):
    def answer(environ, begin):
        return one_moment(environ, begin, after=3)

    status, headers, body = ask(answer, request("POST", **{header: "1"}))

    assert (status, headers["Retry-After"], body) == (HTTPStatus.SERVICE_UNAVAILABLE, "3", "")
    assert "Refresh" not in headers


@pytest.fixture
def held_server(tmp_path):
    """Serve a school that answers when a file is there; stop it whatever happens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    own = {"PYTHONPATH": str(ROOT), "PREAU_DATA": str(tmp_path), "PREAU_DEMO": "1", "PREAU_DEBUG": "1"}
    go = tmp_path / "go"
    command = [sys.executable, "-m", "preau.console.tests.held_school", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env={**kept, **own, "ANSWERS_WHEN": str(go)})
    yield port, go
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(timeout=LONG)
    finally:
        server.kill()


def status_of(port, method="GET", body=None):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=2 * LONG)
    line.request(method, "/", body, {"Cookie": "preau_session=a"} if body else {})
    answer = line.getresponse()
    return answer.status, answer.read()


def test_a_real_server_past_what_it_can_do_says_so_to_the_others_and_goes_on(held_server):
    port, go = held_server
    deadline = time.monotonic() + LONG
    while time.monotonic() < deadline:
        with socket.socket() as knock:
            if not knock.connect_ex(("127.0.0.1", port)):
                break
        time.sleep(0.05)
    come, most = 120, 1 + turns.ROOM_FOR_NEWCOMERS

    with ThreadPoolExecutor(come + 1) as together:
        asked = [together.submit(status_of, port) for _ in range(come)]
        while sum(one.done() for one in asked) < come - most and time.monotonic() < deadline:
            time.sleep(0.01)
        typed = together.submit(status_of, port, "POST", b"14,5")
        go.touch()
        statuses = [one.result(2 * LONG)[0] for one in asked]

    assert statuses.count(HTTPStatus.SERVICE_UNAVAILABLE) >= come - most
    assert set(statuses) == {HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE}
    assert typed.result() == (HTTPStatus.OK, b"here you are 14,5")
    assert status_of(port)[0] == HTTPStatus.OK

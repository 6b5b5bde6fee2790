"""
Who waits for a serving process, and who is asked to come back in a moment.

A process answers one request after the other, in a thread of its own; the others wait their turn. On the
evening of the report cards more come than can be answered: whoever would wait long is told so at once. Those
inside go on, and nobody waits for an answer that never comes.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedLong
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from .one_moment import SAFE, one_moment

ROOM_FOR_NEWCOMERS, ROOM_FOR_PAGES, ROOM = 32, 64, 96
"""How many may wait already when somebody who has not signed in comes, when a page is asked for, at all."""
THREADS = ROOM + 32
"""Those that wait, and some that are free to say at once that there is no room."""
PATIENCE = 5.0
SOONEST, LATEST = 3, 9
"""Seconds after which one may try again: not everybody at the same moment."""
SAID_EVERY = 60.0

Environ = dict[str, Any]
Begin = Callable[..., Any]
Application = Callable[[Environ, Begin], Iterable[bytes]]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What the application said: how it begins, and what is in it."""

    begun: tuple[Any, ...]
    body: Iterable[bytes]


class Turns:
    """An application behind which people wait in a line that has an end."""

    def __init__(self, application: Application, *, asks_nothing: str, patience: float = PATIENCE) -> None:
        self.application = application
        self.asks_nothing = asks_nothing
        self.patience = patience
        self.counter = ThreadPoolExecutor(1, thread_name_prefix="answers")
        self.lock = threading.Lock()
        self.waiting = self.turned_away = 0
        self.said_at = -SAID_EVERY

    def __call__(self, environ: Environ, begin: Begin) -> Iterable[bytes]:
        turn = self._line_up(environ)
        answer = self._awaited(turn) if turn else None
        if answer is None:
            return self._turn_away(environ, begin)
        begin(*answer.begun)
        return answer.body

    def room_for(self, environ: Environ) -> int:
        """Return how many may wait before this request: what was typed comes first, newcomers last."""
        if environ["PATH_INFO"].startswith((self.asks_nothing, "/health/")):
            return ROOM
        if f"{settings.SESSION_COOKIE_NAME}=" not in environ.get("HTTP_COOKIE", ""):
            return ROOM_FOR_NEWCOMERS
        return ROOM_FOR_PAGES if environ["REQUEST_METHOD"] in SAFE else ROOM

    def _line_up(self, environ: Environ) -> Future[Answer] | None:
        with self.lock:
            if self.waiting >= self.room_for(environ):
                return None
            self.waiting += 1
        return self.counter.submit(self._answer, environ)

    def _awaited(self, turn: Future[Answer]) -> Answer | None:
        """Return the answer; nothing when the turn did not come. What has begun is awaited to its end."""
        try:
            return turn.result(self.patience)
        except WaitedLong:
            return None if self._leave(turn) else turn.result()

    def _answer(self, environ: Environ) -> Answer:
        with self.lock:
            self.waiting -= 1
        said: list[tuple[Any, ...]] = []
        body = self.application(environ, lambda *words: said.append(words))
        return Answer(said[-1], body)

    def _leave(self, turn: Future[Answer]) -> bool:
        if not turn.cancel():
            return False
        with self.lock:
            self.waiting -= 1
        return True

    def _turn_away(self, environ: Environ, begin: Begin) -> Iterable[bytes]:
        with self.lock:
            self.turned_away += 1
            number, now = self.turned_away, time.monotonic()
            is_said = now - self.said_at >= SAID_EVERY
            self.said_at = now if is_said else self.said_at
        if is_said:
            log.warning("More ask than can be answered: %s were asked to try again in a moment.", number)
        return one_moment(environ, begin, after=random.randint(SOONEST, LATEST))  # noqa: S311 – no secret.

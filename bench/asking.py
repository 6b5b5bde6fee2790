"""Asking the school for pages as its server does: through WSGI, with a real session, in this process."""

from __future__ import annotations

import gc
import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client

WARM_UP = 10
TIMES = 100


@dataclass(frozen=True)
class Figures:
    """What a measure found. `value` stands alone when a measure is not a page."""

    name: str
    median_ms: float | None = None
    p95_ms: float | None = None
    queries: int | None = None
    bytes: int | None = None
    value: float | None = None


@dataclass(frozen=True)
class Ask:
    """One request: of whom (nobody before signing in), where, with what."""

    address: str
    account: Any = None
    body: bytes = b""
    content_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class School:
    """The application, and the cookies of those who ask."""

    def __init__(self) -> None:
        self.application = get_wsgi_application()
        self._cookies: dict[Any, str] = {}

    def cookies_of(self, account: Any) -> str:
        if account not in self._cookies:
            client = Client()
            if account:
                client.force_login(account)
            token = "a" * 32
            session = [f"{name}={morsel.value}" for name, morsel in client.cookies.items()]
            self._cookies[account] = "; ".join([*session, f"preau_csrf={token}"])
        return self._cookies[account]

    def answer(self, ask: Ask) -> tuple[int, bytes]:
        """Return the status and the body of the answer."""
        path, _, query = ask.address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST" if ask.body else "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost:8000",
            "HTTP_ACCEPT_LANGUAGE": "fr",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": self.cookies_of(ask.account),
            "HTTP_X_CSRFTOKEN": "a" * 32,
            "CONTENT_TYPE": ask.content_type,
            "CONTENT_LENGTH": str(len(ask.body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(ask.body),
            "wsgi.errors": io.StringIO(),
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in ask.headers},
        }
        begun: list[str] = []
        answer = self.application(environ, lambda status, headers, *rest: begun.append(status))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return int(begun[0].split()[0]), body

    def measure(self, name: str, ask: Callable[[int], Ask], *, times: int = TIMES) -> Figures:
        """Ask again and again; return the time the school takes, its queries and the size of the answer."""
        for number in range(WARM_UP):
            status, body = self.answer(ask(number))
            if status >= 400:
                raise RuntimeError(f"{name} answers {status}: {ask(number).address}\n{body[:300]!r}")
        queries = self._count(ask(WARM_UP))
        milliseconds = []
        gc.collect()
        for number in range(times):
            asked = ask(WARM_UP + 1 + number)
            started = time.perf_counter_ns()
            self.answer(asked)
            milliseconds.append((time.perf_counter_ns() - started) / 1e6)
        return Figures(
            name,
            median_ms=round(statistics.median(milliseconds), 2),
            p95_ms=round(statistics.quantiles(milliseconds, n=20)[-1], 2),
            queries=queries,
            bytes=len(body),
        )

    def _count(self, ask: Ask) -> int:
        count = 0

        def counting(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
            nonlocal count
            count += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(counting):
            self.answer(ask)
        return count

"""Asking the school for pages as its server does: through WSGI, with a real session, in this process."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.test import Client

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
        """Ask again and again. The side of a sitting says how: `bench/side.py`."""
        raise NotImplementedError

"""
One side of a sitting: a process of its own, in one checkout, that takes one measure step by step.

    python -P bench/side.py NAME     (with the checkout first in PYTHONPATH)

It says what it found one JSON object a line. A page is asked once for each line that is given, so that two
sides take turns; a piece of work is done at once. Between two pages the floor is asked: what the machine does
meanwhile to one it does to the other.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

TOLD = sys.stdout
WARM_UP = 10


def tell(**figures: Any) -> None:
    print(json.dumps(figures), file=TOLD, flush=True)


def seconds_of(ask: Callable[[], Any]) -> float:
    started = time.perf_counter_ns()
    ask()
    return (time.perf_counter_ns() - started) / 1e9


def stepped(name: str) -> None:
    """Take the measure of that name, and tell each figure when it is wanted."""
    from django.db import connection
    from django.urls import reverse

    from bench.asking import Ask, Figures, School
    from bench.measures import MEASURES

    class Stepped(School):
        def measure(self, name: str, ask: Callable[[int], Ask], *, times: int = 100) -> Figures:
            floor = Ask(reverse("floor"))
            for number in range(WARM_UP):
                self.answer(floor)
                status, body = self.answer(ask(number))
                if status >= 400:
                    raise RuntimeError(f"{name} answers {status}: {ask(number).address}\n{body[:300]!r}")
            tell(queries=self.questions(ask(WARM_UP)), bytes=len(body), times=times)
            gc.collect()
            for number in range(times):
                if not sys.stdin.readline():
                    break
                asked = ask(WARM_UP + 1 + number)
                least = seconds_of(lambda: self.answer(floor))
                tell(floor=least, page=seconds_of(lambda asked=asked: self.answer(asked)))
            return Figures(name)

        def questions(self, ask: Ask) -> int:
            asked = []

            def noting(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
                asked.append(sql)
                return execute(sql, params, many, context)

            with connection.execute_wrapper(noting):
                self.answer(ask)
            return len(asked)

    found = MEASURES[name](Stepped())
    if found.value is not None:
        tell(value=found.value)


def main() -> None:
    """Take the measure that is named, or say which there are."""
    sys.stdout = sys.stderr
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings

    django.setup()
    settings.ROOT_URLCONF = "bench.urls"
    if sys.argv[1] == "--names":
        from bench.measures import MEASURES

        tell(names=list(MEASURES))
        return
    try:
        stepped(sys.argv[1])
    except Exception as error:  # The others are worth having even so.
        tell(error=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()

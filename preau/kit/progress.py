"""How far long work has come: whoever does it tells, whoever waits looks."""

import time
from typing import Protocol


class Progress(Protocol):
    """Told now and then how much of the work is done. A total of 0 is not known yet."""

    def __call__(self, done: int, total: int) -> None: ...


def nobody_watches(done: int, total: int) -> None:
    """Tell nobody."""


def now_and_then(progress: Progress, *, seconds: float = 0.5) -> Progress:
    """Tell at most so often, and always at the end: so that telling costs next to nothing."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if done >= total or time.monotonic() - last >= seconds:
            last = time.monotonic()
            progress(done, total)

    return tell

"""The server of `preau serve`: it outlives the processes that serve for it, however often they die."""

import logging
import signal
import time
from collections import deque
from gettext import gettext as _
from typing import Any

from granian import Granian

LATELY = 60.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0

log = logging.getLogger(__name__)


class LastingServer(Granian):  # type: ignore[misc, valid-type, unused-ignore]
    """
    A granian that never ends by itself because the processes that serve die: it puts others in their place.

    Granian takes a process that dies twice within seconds for a loop, and ends with those that are well. Here
    the first is replaced at once, those that follow after a pause that doubles; why each died is logged.
    """

    def __init__(self, *target: Any, **how: Any) -> None:
        super().__init__(*target, respawn_failed_workers=True, **how)
        self.deaths: deque[float] = deque()

    def _respawn_workers(
        self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0
    ) -> None:
        died = {idx: status for idx in workers if (status := self.wrks[idx].inner.exitcode) is not None}
        if died:
            pause = self._pause_after(len(died))
            for idx, status in died.items():
                log.error(
                    _("Serving process %(number)s ended by itself (%(why)s). Another comes in %(pause)s s."),
                    {"number": idx + 1, "why": why(status), "pause": pause},
                )
            self._wait(pause)
        if not self.interrupt_signal:
            super()._respawn_workers(workers, spawn_target, target_loader, delay)
        self.respawned_wrks.clear()  # What granian reads to find a loop.

    def _pause_after(self, deaths: int) -> float:
        now = time.monotonic()
        while self.deaths and self.deaths[0] < now - LATELY:
            self.deaths.popleft()
        before = len(self.deaths)
        self.deaths.extend([now] * deaths)
        return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(before - 1, 10)) if before else 0.0

    def _wait(self, pause: float) -> None:
        """Wait, unless the server is asked to leave meanwhile."""
        until = time.monotonic() + pause
        while not self.interrupt_signal and time.monotonic() < until:
            time.sleep(0.1)


def why(status: int) -> str:
    """Say what the exit status of a process means."""
    if status >= 0:
        return _("exit status %(status)s") % {"status": status}
    name = signal.Signals(-status).name
    if name == "SIGKILL":
        return _("%(signal)s: by somebody, or by the machine when it is short of memory") % {"signal": name}
    return name

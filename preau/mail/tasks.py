"""What the worker does all the while: e-mails that are due leave."""

from __future__ import annotations

from collections.abc import Callable

from preau.kit.jobs import all_the_while

from .sending import Sender

_sender: list[Sender] = []


@all_the_while
def send_what_is_due(is_wanted: Callable[[], bool]) -> bool:
    """Send a handful; say whether there was any. One sender a process."""
    if not _sender:
        _sender.append(Sender())
    _sender[0].is_wanted = is_wanted
    return _sender[0].step()

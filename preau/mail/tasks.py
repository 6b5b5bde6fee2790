"""What the worker does all the while: e-mails that are due leave, and those that came back are noted."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings

from preau.kit import clock
from preau.kit.jobs import all_the_while

from . import mailbox
from .actions import note_bounce
from .reports import report_in
from .sending import Sender

READS_EVERY = 300.0
_read_at = [-READS_EVERY]
_sender: list[Sender] = []


@all_the_while
def send_what_is_due(is_wanted: Callable[[], bool]) -> bool:
    """Send a handful; say whether there was any. One sender a process."""
    if not _sender:
        _sender.append(Sender())
    _sender[0].is_wanted = is_wanted
    return _sender[0].step()


@all_the_while
def look_into_the_mailbox(is_wanted: Callable[[], bool]) -> bool:
    """Read the reports that came, every five minutes."""
    if settings.BOUNCES_IMAP["host"] and time.monotonic() - _read_at[0] >= READS_EVERY:
        _read_at[0] = time.monotonic()
        read_reports()
    return False


def read_reports() -> int:
    """Believe the reports in the mailbox that are about e-mails of ours; return how many were."""
    found = (report_in(raw) for raw in mailbox.unread())
    return sum(note_bounce(report=report, at=clock.now()) for report in found if report)

"""
Facts that one app announces and others react to, once they are safely stored.

What is announced is done: a reaction that fails does not undo it, and is no error for whoever did it. It is
reported in the log, with the event and the reaction, and the other reactions go on.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

Reaction = Callable[[Any], None]
_reactions: defaultdict[type, list[Reaction]] = defaultdict(list)
log = logging.getLogger(__name__)


def upon(event_type: type) -> Callable[[Reaction], Reaction]:
    """Call the decorated function each time such an event is announced."""

    def register(reaction: Reaction) -> Reaction:
        _reactions[event_type].append(reaction)
        return reaction

    return register


def announce(event: object) -> None:
    """Tell whoever reacts to this kind of event, after the transaction is committed."""
    for reaction in _reactions[type(event)]:
        transaction.on_commit(partial(_react, reaction, event))


def _react(reaction: Reaction, event: object) -> None:
    """Let one reaction write all it has to, or nothing."""
    try:
        with transaction.atomic():
            reaction(event)
    except Exception:
        name = f"{reaction.__module__}.{reaction.__qualname__}"
        log.exception("The reaction %s failed. What it reacts to is saved: %r", name, event)

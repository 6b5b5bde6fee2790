"""Facts that one app announces and others react to, once they are safely stored."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

Reaction = Callable[[Any], None]
_reactions: defaultdict[type, list[Reaction]] = defaultdict(list)


def upon(event_type: type) -> Callable[[Reaction], Reaction]:
    """Call the decorated function each time such an event is announced."""

    def register(reaction: Reaction) -> Reaction:
        _reactions[event_type].append(reaction)
        return reaction

    return register


def announce(event: object) -> None:
    """Tell whoever reacts to this kind of event, after the transaction is committed."""
    for reaction in _reactions[type(event)]:
        transaction.on_commit(partial(reaction, event))

"""
Two who do the same at the same moment: the database lets one of them through, the other is told.

An action looks before it writes, and says in its own words what is taken already. Between the two somebody
else may write the same: then the constraint refuses. The second looks again, and finds what the first made.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from .refusals import Refusal

T = TypeVar("T")
LOCKED_EACH_OTHER = {"40P01", "40001"}
NO_LONGER_THERE = "23503"

log = logging.getLogger(__name__)


class DoneMeanwhile(Refusal):
    words = _("Somebody did the same at the same moment. Load the page again: it shows what is there now.")


class GoneMeanwhile(Refusal):
    words = _(
        "Somebody removed meanwhile what this is about. Load the page again: it shows what is there now."
    )


def taking_turns(act: Callable[[], T]) -> T:
    """
    Carry out an act whole or not at all; after another who did the same at once, look and try once more.

    :raises DoneMeanwhile, GoneMeanwhile: when it cannot be done after that either
    """
    try:
        with transaction.atomic():
            return act()
    except (IntegrityError, OperationalError) as error:
        if not is_a_clash(error):
            raise
    try:
        with transaction.atomic():
            return act()
    except IntegrityError as error:
        raise refusal_of(error) from error


def is_a_clash(error: DatabaseError) -> bool:
    """Say whether it is of two who wrote at once, not of a database that is ill."""
    return isinstance(error, IntegrityError) or _code(error) in LOCKED_EACH_OTHER


def refusal_of(error: IntegrityError) -> Refusal:
    """Return in a sentence what a constraint refused."""
    log.warning("A constraint refused what no look had foreseen: %s", error)
    is_gone = _code(error) == NO_LONGER_THERE or "FOREIGN KEY" in str(error)
    return GoneMeanwhile() if is_gone else DoneMeanwhile()


def _code(error: DatabaseError) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""

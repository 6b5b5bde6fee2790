"""For migrations: ties that shared a day before the database refused it."""

import logging
from collections.abc import Iterable
from datetime import date
from itertools import groupby, pairwise
from typing import Any

log = logging.getLogger(__name__)


def untangle(ties: Any, fields: Iterable[str], schema_editor: Any) -> int:
    """
    Have the ties that share these fields hold one at a time, and no day be lost; return how many changed.

    Where two shared a day, the one that began later goes on, until the later of the two ends. Of two that
    began together the one written last stays. The log says what became of each: a school looks them over.
    """
    keys = [ties._meta.get_field(field).attname for field in fields]

    def identity(tie: Any) -> tuple[Any, ...]:
        return tuple(getattr(tie, key) for key in keys)

    changed = 0
    for _identity, same in groupby(ties._default_manager.order_by(*keys, "starts_on", "pk"), identity):
        for earlier, later in pairwise(list(same)):
            changed += _part(earlier, later)
    if changed and schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # Else the table cannot be altered just now.
    return changed


def _part(earlier: Any, later: Any) -> int:
    if earlier.ends_on is not None and earlier.ends_on <= later.starts_on:
        return 0
    later.ends_on = None if None in (earlier.ends_on, later.ends_on) else max(earlier.ends_on, later.ends_on)
    kind, until = earlier._meta.label, later.ends_on or "further notice"
    if earlier.starts_on == later.starts_on:
        log.warning("%s %s is forgotten: %s holds, until %s.", kind, earlier.pk, later.pk, until)
        earlier.delete()
    else:
        log.warning(
            "%s %s ends on %s: from then on %s holds, until %s.",
            kind, earlier.pk, later.starts_on, later.pk, until,
        )  # fmt: skip
        earlier.ends_on = later.starts_on
        earlier.save(update_fields=["ends_on"])
    later.save(update_fields=["ends_on"])  # After the other: the older constraint lets one be open at a time.
    return 1


def day_before(day: date) -> date:
    """Return the day before."""
    return date.fromordinal(day.toordinal() - 1)

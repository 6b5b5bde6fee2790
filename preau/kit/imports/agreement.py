"""What several lines of a file say of one thing: the first is kept, whatever contradicts it is told."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .changes import as_read
from .records import Record


@dataclass
class Agreement:
    """What one file has said so far, of whom or what, and on which line first."""

    _said: dict[tuple[Hashable, str], tuple[int, Any]] = field(default_factory=dict)

    def agreed(
        self, record: Record, about: Hashable, called: str, facts: Mapping[str, Any], *, prefix: str = ""
    ) -> dict[str, Any]:
        """
        Return what a line says without what contradicts an earlier line, which is told. Blanks say nothing.

        :param facts: by target, without the `prefix` that several targets share
        """
        agreed = {name: value for name, value in facts.items() if value not in (None, "")}
        for name, value in list(agreed.items()):
            line, first = self._said.setdefault((about, name), (record.line, value))
            if first == value or line == record.line:
                continue
            del agreed[name]
            words = _("Line %(line)d says %(first)s of %(called)s, this one %(told)s: the first is kept.")
            told = {"line": line, "first": as_read(first), "called": called, "told": as_read(value)}
            remedy = _("Write the same on all lines about one person or thing.")
            record.warn(words % told, remedy, f"{prefix}{name}")
        return agreed

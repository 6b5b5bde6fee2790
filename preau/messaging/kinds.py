"""
The kinds of notice that apps give, each declared once in the `notices.py` of its app:

    CARDS_PUBLISHED = declare_kind(Kind("report_cards.published", _("Report card"), _("…"), …))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from preau.kit.access import Rule
from preau.kit.modules import key_of

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What is told, in which words, and the rule of the page it leads to."""

    key: str
    """The app and what happened: `report_cards.published`."""
    title: Words
    sentence: Words
    """What is new, with named values: `%(period)s`."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Where the record says each value, as a path: read when the notice is, so that it is true."""
    icon: str
    address: str
    """The name of the address it leads to."""
    argument: str
    """The name under which that address takes the key of the record."""
    rule: Rule[Any]
    """Who may open that page: whoever may not is shown no notice."""

    @property
    def module(self) -> str:
        """Return the key of the module it belongs to: where that is closed, nothing is told."""
        return key_of(self.key.split(".")[0])

    def sentences(self, about: Iterable[int]) -> dict[int, str]:
        """Return the sentence about each of some records, in the language of the moment. One query."""
        records = self.rule.records().filter(pk__in=about).order_by().values("pk", *self.values.values())
        return {
            row["pk"]: str(self.sentence) % {name: row[path] for name, path in self.values.items()}
            for row in records
        }


_kinds: dict[str, Kind] = {}


def declare_kind(kind: Kind) -> Kind:
    """Make a kind of notice known."""
    _kinds[kind.key] = kind
    return kind


def kinds() -> Iterator[Kind]:
    """Give every kind that an app of this house declares."""
    yield from _kinds.values()


def kind_of(key: str) -> Kind | None:
    """Return the kind of this key; None when no app gives it any more."""
    return _kinds.get(key)

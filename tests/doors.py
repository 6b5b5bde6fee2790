"""Every address of the school, as the tests of the whole house see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, get_resolver

from preau.kit import sendings
from preau.kit.access import Rule

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Door:
    """One address: its name, its view, the ids in it, the rule on it."""

    route: str
    name: str
    view: Any
    ids: tuple[str, ...]
    defaults: dict[str, Any] = field(hash=False, compare=False)

    def __str__(self) -> str:
        return self.name or self.route

    @property
    def rule(self) -> Rule | None:
        return getattr(self.view, "rule", None)

    @property
    def hands(self) -> dict[str, tuple[type[Model], Rule]]:
        """What the rules of the door hand to the view: name → (model, rule)."""
        return getattr(self.view, "hands", {})

    @property
    def is_ours(self) -> bool:
        return self.view.__module__.startswith("preau.")

    @property
    def is_open_before_signing_in(self) -> bool:
        return getattr(self.view, "login_required", True) is False

    @cached_property
    def methods(self) -> frozenset[str] | None:
        """The methods the view says it answers (`require_safe` and alike), None when it does not say."""
        for view in self._layers:
            names = view.__code__.co_freevars if hasattr(view, "__code__") else ()
            if "request_method_list" in names:
                cell = view.__closure__[names.index("request_method_list")]
                return frozenset(cell.cell_contents)
        return None

    @property
    def is_done_once(self) -> bool:
        """Say whether what is sent twice is done once: a `form_door` and an `act_door` see to it."""
        done_once = {code for code in sendings.done_once.__code__.co_consts if isinstance(code, CodeType)}
        return any(getattr(view, "__code__", None) in done_once for view in self._layers)

    @property
    def _layers(self) -> Iterator[Any]:
        """Yield the view and, from the outside in, all that it wraps."""
        view = self.view
        while view is not None:
            yield view
            view = getattr(view, "__wrapped__", None)

    @property
    def may_be_read(self) -> bool:
        return self.methods is None or "GET" in self.methods

    @property
    def may_be_written(self) -> bool:
        return self.methods is None or bool(self.methods - SAFE)

    @property
    def records(self) -> dict[str, type[Model]]:
        """The models of the ids in the address, for the ids that a rule looks up: id → model."""
        return {f"{name}_id": model for name, (model, _) in self.hands.items() if f"{name}_id" in self.ids}


def doors() -> list[Door]:
    return list(_doors(get_resolver().url_patterns, "", ""))


def our_doors() -> list[Door]:
    return [door for door in doors() if door.is_ours]


def _doors(patterns: list[Any], route: str, namespace: str) -> Iterator[Door]:
    for entry in patterns:
        here = f"{route}{entry.pattern}"
        if isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else ""
            ids = tuple(entry.pattern.converters) or tuple(entry.pattern.regex.groupindex)
            yield Door(here, name, entry.callback, ids, entry.default_args)
        else:
            inside = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _doors(entry.url_patterns, here, inside)

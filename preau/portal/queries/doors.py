"""Who may see what: every address of the house with the words of its rule, as the code itself has it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from preau.kit import modules
from preau.kit.modules import Words, key_of

BLANK = re.compile(r"<[^>]+>")
"""What an address leaves open: which pupil, which class."""


@dataclass(frozen=True)
class Doors:
    """The addresses that one rule opens."""

    rule: str
    addresses: list[str]


@dataclass(frozen=True)
class DoorsOfModule:
    """A part of the school, its rules, and what each opens."""

    name: Words
    icon: str
    doors: list[Doors]


def house_rules() -> list[DoorsOfModule]:
    """Return the rules of every address, module by module, in the language of the moment. No query."""
    by_app: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for app, address, view in _addresses(get_resolver(), "/", ""):
        if the_rule := getattr(view, "rule", None):
            by_app[key_of(app)][the_rule.words].append(BLANK.sub("…", address))
    known = {module.key: module for module in modules.modules()}
    ranked = sorted(by_app, key=lambda app: (known[app].rank if app in known else 1000, app))
    return [
        DoorsOfModule(
            name=known[app].name if app in known else app,
            icon=known[app].icon if app in known else "lock",
            doors=[Doors(words, sorted(addresses)) for words, addresses in sorted(by_app[app].items())],
        )
        for app in ranked
    ]


def _addresses(resolver: URLResolver, prefix: str, app: str) -> Iterator[tuple[str, str, Any]]:
    for entry in resolver.url_patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield app or _app_of(entry), address, entry.callback
        else:
            yield from _addresses(entry, address, entry.app_name or app)


def _app_of(entry: URLPattern) -> str:
    module = str(getattr(entry.callback, "__module__", ""))
    return "accounts" if module.startswith("allauth") else module.split(".")[1] if "." in module else module

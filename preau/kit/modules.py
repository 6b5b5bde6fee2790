"""
The parts of the school that people can open, and how far each has been rolled out.

Each app declares itself in `module.py`; navigation, Today, the pupil's file and search only iterate.
The same declaration is the unit of roll-out: a closed module has no menu entry, and its addresses answer 404.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .access import Standing, signed_in

Words = str | Promise


class Stage(StrEnum):
    """How far a module is open, from nobody to everybody."""

    CLOSED = "CLOSED"
    PILOT = "PILOT"
    OPEN = "OPEN"
    LAUNCHED = "LAUNCHED"
    COMPULSORY = "COMPULSORY"

    @property
    def label(self) -> Words:
        return STAGE_LABELS[self]


STAGE_LABELS = {
    Stage.CLOSED: pgettext_lazy("module", "closed"),
    Stage.PILOT: _("pilot: named people try it"),
    Stage.OPEN: _("open to volunteers"),
    Stage.LAUNCHED: _("open to everyone"),
    Stage.COMPULSORY: _("compulsory"),
}


@dataclass(frozen=True)
class MenuEntry:
    """A line of the navigation: where it leads, for whom, and the number of things to do there."""

    label: Words
    icon: str
    address: str
    """Name of the address, e.g. `gradebook:my_groups`."""
    rule: Standing = signed_in
    count: Callable[[Any], int] | None = None
    """Takes the person; the number shown beside the label, nothing when 0."""
    on_phone: bool = False
    """Whether it stands in the bottom bar of a phone (the first four do)."""


@dataclass(frozen=True)
class Found:
    """One thing the command box found."""

    title: str
    detail: str
    url: str
    icon: str


@dataclass(frozen=True)
class Module:
    """One part of the school: its name, its lines in the menu, what it hangs on shared pages."""

    key: str
    """The app's label and the namespace of its addresses."""
    name: Words
    icon: str
    rank: int
    menu: tuple[MenuEntry, ...] = ()
    cards: tuple[Callable[[Any], str | None], ...] = ()
    """Cards on Today: each takes the request and returns safe HTML, or nothing."""
    panels: tuple[Callable[[Any, Any], str | None], ...] = ()
    """Panels of a pupil's file: each takes the request and the pupil."""
    searches: tuple[Callable[[Any, str], Iterable[Found]], ...] = ()
    """Sources of the command box: each takes the person and what was typed."""
    can_close: bool = True
    """Whether a school may close it: people, sign-in and the portal always stay open."""


_modules: dict[str, Module] = {}
_joined: dict[str, str] = {}


def declare(module: Module) -> Module:
    """Add a module to the house. Called once, in the app's `module.py`."""
    _modules[module.key] = module
    return module


def join(app: str, *, module: str) -> None:
    """Make an app a part of another's module, opened and closed with it. Called once, in its `module.py`."""
    _joined[app] = module


def key_of(app: str) -> str:
    """Return the key of the module that an app (the namespace of an address) is, or is a part of."""
    return _joined.get(app, app)


def modules() -> list[Module]:
    """Return all modules, in the order of the navigation."""
    return sorted(_modules.values(), key=lambda module: module.rank)


def module(key: str) -> Module | None:
    """Return the module with this key, if there is one."""
    return _modules.get(key)


_who_knows_stages: Callable[[Any], frozenset[str]] | None = None


def closed_modules_come_from(source: Callable[[Any], frozenset[str]]) -> None:
    """Let an upper app (the portal) say which modules are closed to a person: it keeps the roll-out table."""
    global _who_knows_stages
    _who_knows_stages = source


def closed_to(person: Any) -> frozenset[str]:
    """Return the keys of the modules that are closed to this person now."""
    return _who_knows_stages(person) if _who_knows_stages else frozenset()


def open_to(person: Any) -> list[Module]:
    """Return the modules that this person may open, in the order of the navigation."""
    closed = closed_to(person)
    return [module for module in modules() if module.key not in closed]

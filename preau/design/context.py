"""What every page of the house knows: who asks, where one may go, which school this is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from preau.design.queue import owner_of
from preau.kit import clock
from preau.kit.modules import MenuEntry, Module, Words, key_of, open_to

THEMES = ("light", "dark")
THEME_COOKIE = "preau_theme"
ON_A_PHONE = 4
FRONT_DOOR = "portal:today"
RANKS_OF_A_SECTION = 100


@dataclass(frozen=True)
class SchoolFace:
    """The school as it shows itself: its name, its colour, its picture, a line at the foot of the pages."""

    name: str = ""
    accent: str = ""
    """A colour written #rrggbb; nothing for our own green."""
    logo_url: str = ""
    foot: str = ""
    """What a page says under the name, e.g. "2026-2027 · P1"."""


_who_knows_the_school: Callable[[], Any] | None = None


def school_comes_from(source: Callable[[], Any]) -> None:
    """Let an upper app (structure) say which school this is: it returns a `SchoolFace`, or nothing yet."""
    global _who_knows_the_school
    _who_knows_the_school = source


def school_face() -> Any:
    """Return the school as it shows itself; a nameless one before it was written down."""
    return (_who_knows_the_school and _who_knows_the_school()) or SchoolFace()


@dataclass(eq=False)
class Link:
    """A line of the navigation, for one person on one page."""

    entry: MenuEntry
    module: Module
    url: str
    person: Any
    is_current: bool = False

    @property
    def label(self) -> Words:
        return self.entry.label

    @property
    def icon(self) -> str:
        return self.entry.icon

    @cached_property
    def count(self) -> int:
        """Return how many things wait there. Asked once, though the line may be drawn twice."""
        return self.entry.count(self.person) if self.entry.count else 0


class Navigation:
    """
    Where the person who asks may go.

    Nothing is looked up before a layout draws it: a fragment costs nothing. Modules whose ranks share
    their hundreds stand together; a line parts them from the next.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.person = getattr(request, "person", None)

    def __iter__(self) -> Iterator[list[Link]]:
        return iter(self.sections)

    def __bool__(self) -> bool:
        return bool(self.links)

    @cached_property
    def links(self) -> list[Link]:
        """Return every line, in order, the present one marked."""
        if self.person is None:
            return []
        links = [
            Link(entry, module, url, self.person)
            for module in open_to(self.person)
            for entry in module.menu
            if entry.rule.admits(self.person) and (url := address_of(entry.address))
        ]
        if here := self._here(links):
            here.is_current = True
        return links

    @cached_property
    def sections(self) -> list[list[Link]]:
        sections: dict[int, list[Link]] = {}
        for link in self.links:
            sections.setdefault(link.module.rank // RANKS_OF_A_SECTION, []).append(link)
        return list(sections.values())

    @cached_property
    def on_phone(self) -> list[Link]:
        """Return the lines of the bottom bar."""
        return [link for link in self.links if link.entry.on_phone][:ON_A_PHONE]

    @property
    def is_beyond_the_bar(self) -> bool:
        """Say whether this page belongs to a line that the bottom bar does not show."""
        return any(link.is_current for link in self.links if link not in self.on_phone)

    def _here(self, links: list[Link]) -> Link | None:
        """Return the line this page belongs to: its own, else the nearest above it, else its module's."""
        match = self.request.resolver_match
        if match is None:
            return None
        own = [link for link in links if link.entry.address == match.view_name and not match.kwargs]
        inner = [link for link in links if link.url != address_of(FRONT_DOOR)]
        above = [link for link in inner if self.request.path.startswith(link.url)]
        above.sort(key=lambda link: len(link.url), reverse=True)
        beside = [link for link in inner if link.module.key == key_of(match.app_name)]
        return next(iter([*own, *above, *beside]), None)


@lru_cache(maxsize=256)
def address_of(name: str) -> str:
    """Return an address by its name, nothing for one that is not there. Looked up once."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def house(request: HttpRequest) -> dict[str, Any]:
    """Give every template the person who asks, the navigation, the school and the chosen theme."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "person": getattr(request, "person", None),
        "seeing": getattr(request, "seeing", None),
        "navigation": Navigation(request),
        "school": SimpleLazyObject(school_face),
        "theme": theme if theme in THEMES else "",
        "queue_owner": owner_of(request),
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "demo_day": clock.today() if settings.DEMO_MODE else None,
    }

"""Walking through the school: every page that may be read, by somebody of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import islice
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.doors import Door, our_doors
from tests.stage import Stage

READERS = ("maes", "pirard", "vandamme", "noor", "samira", "nys", "diallo", "alma")
"""One of each kind; a page that only one of them may read is read by that one."""


@dataclass(frozen=True)
class Page:
    """A door, the address it was opened at, and who opens it."""

    door: Door
    address: str
    reader: str
    client: Client = field(compare=False)

    def __str__(self) -> str:
        return f"{self.address} read by {self.reader}"


class Walk:
    """Goes everywhere with the eyes of each reader; knows each page that answers 200."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.clients = {name: self.client_of(name) for name in READERS}
        if not _KNOWN:  # Now, on a stage where no test has done anything yet.
            _KNOWN.update({door.name: list(islice(self._openings(door), 1)) for door in readable_doors()})

    def client_of(self, name: str, **how: Any) -> Client:
        client = Client(**how)
        client.force_login(self.stage.people[name].account)
        return client

    def pages(self, *, by_everybody: bool = False) -> Iterator[tuple[Page, Any]]:
        """Yield a page behind each door and its answer: by the first who gets in, or by all."""
        for door in readable_doors():
            for reader, record in self._openings(door) if by_everybody else _KNOWN[door.name]:
                page = self._page(door, reader, record)
                yield page, page.client.get(page.address)

    def _openings(self, door: Door) -> Iterator[tuple[str, str]]:
        """Yield who gets in, each with the name of the first record they may open."""
        for reader in READERS:
            for record, _ in self.stage.paths(door):
                page = self._page(door, reader, record)
                if page.client.get(page.address).status_code == 200:
                    yield reader, record
                    break

    def _page(self, door: Door, reader: str, record: str) -> Page:
        keys = dict(self.stage.paths(door))[record]
        return Page(door, reverse(door.name, kwargs=keys), reader, self.clients[reader])


_KNOWN: dict[str, list[tuple[str, str]]] = {}
"""The first who gets in, door by door, and with which record: found once, the same on every stage."""


def readable_doors() -> list[Door]:
    return [door for door in our_doors() if door.may_be_read]


@dataclass
class Form:
    """A form found on a page: where it goes, how, and its fields with their kind and first value."""

    action: str
    method: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)


class FormReader(HTMLParser):
    """Finds the forms of a page, and every name a link of the page puts in a query."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.query_names: set[str] = set()
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(has.get("action") or self.address, has.get("method", "get").lower()))
        elif tag in {"input", "textarea", "button"} and has.get("name") and self.forms:
            self.forms[-1].fields[has["name"]] = (has.get("type", tag), has.get("value", ""))
        elif tag == "select" and has.get("name") and self.forms:
            self._select = has["name"]
            self.forms[-1].fields[self._select] = ("select", "")
        elif tag == "option" and self._select and self.forms and has.get("value"):
            kind, value = self.forms[-1].fields[self._select]
            self.forms[-1].fields[self._select] = (kind, value or has["value"])
        for name in ("href", "hx-get"):
            query = has.get(name, "").partition("?")[2]
            self.query_names |= {part.partition("=")[0] for part in query.split("&") if part}

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def forms_of(answer: Any, address: str) -> FormReader:
    """Read the forms of an answer that is a page (of anything else, none)."""
    is_page = "html" in answer.headers.get("Content-Type", "")
    return FormReader(answer.content.decode() if is_page and not answer.streaming else "", address)
